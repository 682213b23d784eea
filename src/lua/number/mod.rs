//! Numbers and text: conversion in both directions, byte for byte as the reference's C library does it.
