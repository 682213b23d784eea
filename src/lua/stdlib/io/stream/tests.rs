//! Streams over real files, looked at from outside while they are in use.

use std::fs::File;
use std::io::{Read, Seek, Write};

use super::super::open::temporary_file;
use super::super::process::{Destination, Direction, Process, Surroundings};
use super::*;

const UPDATE: Access = Access { read: true, write: true, append: false };
const READ: Access = Access { read: true, write: false, append: false };
const WRITE: Access = Access { read: false, write: true, append: false };

/// A stream over a new file, and a second look at that file; the place in the file is common to both.
fn file(content: &[u8], access: Access) -> (Stream, File) {
    let mut file = temporary_file().expect("there is room for a file");
    file.write_all(content).expect("it can be written");
    file.rewind().expect("it is a file");
    let witness = file.try_clone().expect("there are descriptors left");
    (Stream::new(Device::File(file), access), witness)
}

/// How long the file is by now.
fn length(witness: &File) -> u64 {
    witness.metadata().expect("it is a file").len()
}

fn content(witness: &mut File) -> String {
    let mut text = String::new();
    witness.rewind().expect("it is a file");
    witness.read_to_string(&mut text).expect("it is text");
    text
}

fn read(stream: &mut Stream, count: usize) -> String {
    let mut bytes = Vec::new();
    let mut missing = count;
    while missing > 0 {
        match stream.read(&mut bytes, missing) {
            0 => break,
            read => missing -= read,
        }
    }
    String::from_utf8(bytes).expect("it is text")
}

/// The size of the buffer over the files of this machine.
fn block(stream: &mut Stream) -> usize {
    stream.prepare();
    stream.capacity
}

#[test]
fn whole_blocks_are_written_and_the_rest_is_kept() {
    let (mut stream, witness) = file(b"", WRITE);
    let block = block(&mut stream);
    stream.write(&vec![b'x'; block - 1]).expect("there is room");
    assert_eq!(length(&witness), 0);
    stream.write(b"x").expect("there is room");
    assert_eq!(length(&witness), 0, "a full buffer is written when more comes");
    stream.write(&vec![b'y'; 2 * block + 3]).expect("there is room");
    assert_eq!(length(&witness), 3 * block as u64);
    stream.flush().expect("there is room");
    assert_eq!(length(&witness), 3 * block as u64 + 3);
}

#[test]
fn a_dropped_stream_is_written_out() {
    let (mut stream, mut witness) = file(b"", WRITE);
    stream.write(b"abc").expect("there is room");
    drop(stream);
    assert_eq!(content(&mut witness), "abc");
}

#[test]
fn lines_are_written_as_they_end() {
    let (mut stream, mut witness) = file(b"", WRITE);
    stream.set_buffering(Buffering::Line).expect("nothing is to be written");
    for (bytes, expected) in [("ab", ""), ("c\nd", "abc\n"), ("e", "abc\n"), ("\n\nf", "abc\nde\n\n")] {
        stream.write(bytes.as_bytes()).expect("there is room");
        assert_eq!(content(&mut witness), expected, "{bytes:?}");
    }
    stream.set_buffering(Buffering::No).expect("there is room");
    assert_eq!(content(&mut witness), "abc\nde\n\nf");
    stream.write(b"g").expect("there is room");
    assert_eq!(content(&mut witness), "abc\nde\n\nfg");
}

#[test]
fn writing_goes_on_where_reading_has_stopped() {
    let (mut stream, mut witness) = file(b"hello world", UPDATE);
    assert_eq!(read(&mut stream, 6), "hello ");
    stream.write(b"W").expect("there is room");
    assert_eq!(read(&mut stream, 2), "or");
    stream.write(b"L").expect("there is room");
    assert_eq!(stream.seek(SeekFrom::Current(0)), Ok(10));
    assert_eq!(read(&mut stream, 5), "d");
    assert_eq!(content(&mut witness), "hello WorLd");
}

#[test]
fn what_is_appended_goes_to_the_end() {
    let (_, mut witness) = file(b"abc", READ);
    let appending = || {
        use std::os::fd::AsRawFd;
        let path = format!("/proc/self/fd/{}", witness.as_raw_fd());
        std::fs::OpenOptions::new().read(true).append(true).open(path)
    };
    // Only where files can be opened a second time through their descriptors.
    let Ok(file) = appending() else { return };
    let mut stream = Stream::new(Device::File(file), Access { append: true, ..UPDATE });
    assert_eq!(read(&mut stream, 1), "a");
    stream.write(b"X").expect("there is room");
    assert_eq!(stream.seek(SeekFrom::Current(0)), Ok(4));
    assert_eq!(stream.seek(SeekFrom::Start(1)), Ok(1));
    stream.write(b"Y").expect("there is room");
    stream.flush().expect("there is room");
    assert_eq!(content(&mut witness), "abcXY");
}

#[test]
fn seeking_within_the_buffer_and_beyond_it() {
    let text: String = (0..5000).map(|n| format!("{n:05}")).collect();
    let (mut stream, _) = file(text.as_bytes(), READ);
    for (target, place) in [
        (SeekFrom::Start(100), 100),
        (SeekFrom::Current(-5), 100),
        (SeekFrom::Start(3), 3),
        (SeekFrom::Current(9000), 9008),
        (SeekFrom::End(-7), 24993),
        (SeekFrom::Current(-24998), 0),
    ] {
        assert_eq!(stream.seek(target), Ok(place), "{target:?}");
        let start = place as usize;
        assert_eq!(read(&mut stream, 5), text[start..start + 5], "{target:?}");
    }
    assert_eq!(stream.seek(SeekFrom::Current(-6)), Err(Failure::System(Errno::INVALID)));
    assert_eq!(stream.seek(SeekFrom::Current(i64::MIN)), Err(Failure::System(Errno::INVALID)));
    assert_eq!(stream.seek(SeekFrom::Start(u64::MAX)), Err(Failure::System(Errno::INVALID)));
    assert_eq!(read(&mut stream, 5), text[5..10], "a refused move leaves it where it was");
}

#[test]
fn the_end_is_remembered_until_the_stream_is_cleared() {
    let (mut stream, mut witness) = file(b"", READ);
    stream.refill();
    assert!(stream.unread().is_empty() && stream.is_at_end());
    witness.write_all(b"more").expect("it can be written");
    witness.rewind().expect("it is a file");
    stream.refill();
    assert!(stream.unread().is_empty());
    stream.clear();
    stream.refill();
    assert_eq!(stream.unread(), b"more");
}

#[test]
fn the_wrong_direction_is_refused_and_remembered() {
    let (mut stream, _) = file(b"abc", READ);
    assert_eq!(stream.write(b""), Ok(()));
    assert_eq!(stream.write(b"x"), Err(Failure::System(Errno::BAD_DESCRIPTOR)));
    assert_eq!(stream.error(), Some(Errno::BAD_DESCRIPTOR));
    assert_eq!(read(&mut stream, 3), "abc");
    let (mut stream, _) = file(b"abc", WRITE);
    assert_eq!(read(&mut stream, 1), "");
    assert_eq!(stream.error(), Some(Errno::BAD_DESCRIPTOR));
}

#[test]
fn flushing_a_reader_goes_back_to_what_it_has_not_read() {
    let (mut stream, mut witness) = file(b"hello world", READ);
    assert_eq!(read(&mut stream, 5), "hello");
    assert_eq!(witness.stream_position().expect("it is a file"), 11);
    stream.flush().expect("it is a file");
    assert_eq!(witness.stream_position().expect("it is a file"), 5);
    assert_eq!(read(&mut stream, 6), " world");
}

#[test]
fn a_copy_shares_the_file_and_not_the_buffer() {
    let (mut stream, mut witness) = file(b"", UPDATE);
    stream.write(b"ab").expect("there is room");
    let mut copy = stream.clone();
    copy.write(b"c").expect("there is room");
    stream.write(b"d").expect("there is room");
    drop(copy);
    drop(stream);
    assert_eq!(content(&mut witness), "abcabd");
}

#[test]
fn a_refused_line_is_lost_without_notice() {
    let Ok(full) = File::options().write(true).open("/dev/full") else { return };
    let mut stream = Stream::new(Device::File(full), WRITE);
    stream.set_buffering(Buffering::Line).expect("nothing is to be written");
    const NO_SPACE: Errno = Errno(28);
    assert_eq!(stream.write(b"first\n"), Err(Failure::System(NO_SPACE)));
    assert_eq!(stream.write(b"a"), Ok(()));
    assert_eq!(stream.write(b"b\n"), Err(Failure::Unnoticed(NO_SPACE)));
    assert_eq!(stream.flush(), Ok(()), "what was refused is not tried again");
}

#[test]
fn captured_output_is_bounded() {
    let mut stream = Stream::new(Device::Capture { bytes: Vec::new(), bound: 4 }, WRITE);
    assert_eq!(stream.write(b"abc"), Ok(()));
    assert_eq!(stream.write(b"de"), Err(Failure::OverBound));
    assert_eq!(stream.write(b"d"), Ok(()));
    assert_eq!(stream.flush(), Ok(()));
    assert_eq!(stream.seek(SeekFrom::Current(0)), Err(Failure::System(Errno::ILLEGAL_SEEK)));
    assert!(matches!(stream.take_device(), Device::Capture { bytes, .. } if bytes == b"abcd"));
}

#[test]
fn given_input_is_read_as_from_a_pipe() {
    let mut stream = Stream::new(Device::Given { bytes: b"line\nrest".to_vec(), position: 0 }, READ);
    assert_eq!(read(&mut stream, 5), "line\n");
    assert_eq!(stream.seek(SeekFrom::Start(0)), Err(Failure::System(Errno::ILLEGAL_SEEK)));
    assert_eq!(read(&mut stream, 100), "rest");
    assert!(stream.is_at_end());
}

#[test]
fn a_command_is_a_child_of_the_original_alone() {
    let nowhere = Surroundings { has_input: false, output: Destination::Nowhere, errors: Destination::Nowhere };
    let process = Process::start(b"echo one; exit 3", Direction::Read, nowhere).expect("there is a shell");
    let copy = process.duplicate().expect("there are descriptors left");
    let mut stream = Stream::new(Device::Process(process), READ);
    assert_eq!(read(&mut stream, 100), "one\n");
    let Device::Process(process) = stream.take_device() else { panic!("it is a command") };
    assert_eq!(process.finish().0.expect("it is our child").code(), Some(3));
    assert_eq!(copy.finish().0, Err(Errno::NO_CHILD));
}
