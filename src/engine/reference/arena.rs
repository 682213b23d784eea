//! Memory that can be put back to what it once was: blocks of one arena, and an image of it.
//!
//! Small blocks lie in the arena, one behind the other, and are used again by their size. Large ones, and those for which there is no
//! room, are the C library's: who puts the arena back has freed them before. What is in blocks is not known here.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::cell::Cell;
use std::ffi::c_void;
use std::ptr::{self, NonNull};

use super::allocator::{Blocks, CLibrary};

/// How many bytes an arena has.
const CAPACITY: usize = 1 << 20;
/// What every block's size is rounded up to, and every block is aligned to: what `malloc` guarantees.
const STEP: usize = 16;
/// Up to this size there is a class of blocks for every step.
const FINE: usize = 1 << 10;
/// The largest block in the arena. Between the fine classes and this, classes are powers of two.
const LARGEST: usize = 32 << 10;
const FINE_CLASSES: usize = FINE / STEP;
const CLASSES: usize = FINE_CLASSES + (LARGEST / FINE).ilog2() as usize;

const LAYOUT: Layout = match Layout::from_size_align(CAPACITY, STEP) {
    Ok(layout) => layout,
    Err(_) => panic!("the capacity is a layout's"),
};

/// The class of blocks of a size, which is not 0 and at most [`LARGEST`].
fn class(size: usize) -> usize {
    let last = size - 1;
    if size <= FINE { last / STEP } else { FINE_CLASSES + (last / FINE).ilog2() as usize }
}

/// How many bytes the blocks of a class have.
fn capacity(class: usize) -> usize {
    if class < FINE_CLASSES { (class + 1) * STEP } else { (2 * FINE) << (class - FINE_CLASSES) }
}

/// A free block: it points to the next one of its class.
type Free = *mut c_void;

/// One stretch of memory, and what of it is in use.
pub(super) struct Arena {
    memory: NonNull<u8>,
    /// How many bytes were ever in use.
    used: Cell<usize>,
    /// The first free block of every class.
    free: [Cell<Free>; CLASSES],
    /// How many blocks are the C library's.
    outside: Cell<usize>,
}

/// What an arena was when it was copied.
pub(super) struct Image {
    bytes: Box<[u8]>,
    free: [Free; CLASSES],
}

impl Image {
    /// How many bytes are copied back.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }
}

impl Arena {
    /// An empty arena. Nothing if there is no memory for it.
    pub(super) fn new() -> Option<Self> {
        // SAFETY: the layout's size is not 0.
        let memory = NonNull::new(unsafe { alloc_zeroed(LAYOUT) })?;
        let free = [const { Cell::new(ptr::null_mut()) }; CLASSES];
        Some(Self { memory, used: Cell::new(0), free, outside: Cell::new(0) })
    }

    /// A copy of everything. Nothing if a block is outside.
    pub(super) fn image(&self) -> Option<Image> {
        if self.outside.get() > 0 {
            return None;
        }
        // SAFETY: all of it is initialised, as zeros at least. Nothing writes to it meanwhile.
        let bytes = unsafe { std::slice::from_raw_parts(self.memory.as_ptr(), self.used.get()) };
        Some(Image { bytes: bytes.into(), free: self.free.each_ref().map(Cell::get) })
    }

    /// Makes everything what it was when the image was made: the blocks of that time have their contents, and later ones do
    /// not exist. Blocks outside are not touched.
    ///
    /// # Safety
    /// The image must be one of this arena. What was read from blocks must not be relied upon any more.
    pub(super) unsafe fn restore(&self, image: &Image) {
        // SAFETY: the image is no longer than the arena, and no part of it.
        unsafe { ptr::copy_nonoverlapping(image.bytes.as_ptr(), self.memory.as_ptr(), image.bytes.len()) };
        self.used.set(image.bytes.len());
        for (free, first) in self.free.iter().zip(image.free) {
            free.set(first);
        }
    }

    /// How many blocks are the C library's.
    #[cfg(test)]
    pub(super) fn outside(&self) -> usize {
        self.outside.get()
    }

    fn contains(&self, block: *mut c_void) -> bool {
        block.addr().wrapping_sub(self.memory.as_ptr().addr()) < CAPACITY
    }

    /// A block of at least this size. Null if there is no memory.
    fn take(&self, size: usize) -> *mut c_void {
        if size <= LARGEST {
            let class = class(size);
            let free = &self.free[class];
            let first = free.get();
            if !first.is_null() {
                // SAFETY: a free block begins with a pointer to the next one.
                free.set(unsafe { *first.cast::<Free>() });
                return first;
            }
            let (used, capacity) = (self.used.get(), capacity(class));
            if capacity <= CAPACITY - used {
                self.used.set(used + capacity);
                // SAFETY: so many bytes are left behind those in use.
                return unsafe { self.memory.as_ptr().add(used).cast() };
            }
        }
        // SAFETY: any size is valid.
        let block = unsafe { libc::malloc(size) };
        if !block.is_null() {
            self.outside.set(self.outside.get() + 1);
        }
        block
    }
}

impl Blocks for Arena {
    unsafe fn resize(&self, block: *mut c_void, old: usize, new: usize) -> *mut c_void {
        if block.is_null() {
            return self.take(new);
        }
        if self.contains(block) {
            if new <= LARGEST && class(new) == class(old) {
                return block;
            }
        } else if new > LARGEST {
            // SAFETY: every block that is not in the arena is the C library's.
            return unsafe { CLibrary.resize(block, old, new) };
        }
        let moved = self.take(new);
        if !moved.is_null() {
            // SAFETY: both blocks have as many bytes, and they are not the same one; the old one is not used after this.
            unsafe {
                ptr::copy_nonoverlapping(block.cast::<u8>(), moved.cast(), old.min(new));
                self.free(block, old);
            }
        }
        moved
    }

    unsafe fn free(&self, block: *mut c_void, size: usize) {
        if self.contains(block) {
            let free = &self.free[class(size)];
            // SAFETY: the block has at least STEP bytes, and is aligned to as many.
            unsafe { *block.cast::<Free>() = free.get() };
            free.set(block);
        } else if !block.is_null() {
            self.outside.set(self.outside.get() - 1);
            // SAFETY: every block that is not in the arena is the C library's.
            unsafe { CLibrary.free(block, size) };
        }
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        // SAFETY: it was allocated with this layout.
        unsafe { dealloc(self.memory.as_ptr(), LAYOUT) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_has_the_least_class_that_holds_it() {
        for size in 1..=LARGEST {
            let class = class(size);
            assert!(class < CLASSES && capacity(class) >= size, "{size}");
            assert!(class == 0 || capacity(class - 1) < size, "{size}");
        }
        assert_eq!((class(LARGEST), capacity(CLASSES - 1)), (CLASSES - 1, LARGEST));
    }

    /// Fills a block with a byte, having looked at whether all of what another one filled is still there.
    fn fill(block: *mut c_void, size: usize, byte: u8) {
        // SAFETY: called with blocks of this size.
        unsafe { block.cast::<u8>().write_bytes(byte, size) };
    }

    fn holds(block: *mut c_void, size: usize, byte: u8) -> bool {
        // SAFETY: called with blocks of this size that were filled.
        unsafe { std::slice::from_raw_parts(block.cast::<u8>(), size) }.iter().all(|found| *found == byte)
    }

    #[test]
    fn blocks_keep_what_they_hold_wherever_they_go() {
        let arena = Arena::new().unwrap();
        let sizes = [1, 16, 17, 1024, 1025, 5000, LARGEST, LARGEST + 1, 3 * LARGEST, 700, LARGEST, 2];
        let mut blocks = [ptr::null_mut(); 40];
        let (mut old, mut outside) = (0, 0);
        // More than the arena holds, so that small blocks are outside as well.
        for size in sizes {
            for (block, byte) in blocks.iter_mut().zip(0..) {
                // SAFETY: the blocks are the arena's, of this size.
                *block = unsafe { arena.resize(*block, old, size) };
                assert!(block.addr() % STEP == 0 && holds(*block, old.min(size), byte), "{old} to {size}");
                fill(*block, size, byte);
            }
            old = size;
            outside = outside.max(arena.outside.get());
        }
        assert!(outside > 0, "the arena was never full");
        // SAFETY: as above.
        blocks.into_iter().for_each(|block| unsafe { arena.free(block, old) });
        assert_eq!(arena.outside.get(), 0);
    }

    #[test]
    fn what_is_free_is_used_again() {
        let arena = Arena::new().unwrap();
        let used = || arena.used.get();
        for _ in 0..3 {
            let [first, second] = [arena.take(40), arena.take(48)];
            assert!(first != second && used() == 96);
            // SAFETY: the blocks are the arena's, of this size.
            unsafe {
                arena.free(first, 40);
                arena.free(second, 48);
                arena.free(ptr::null_mut(), 0);
            }
        }
    }

    #[test]
    fn an_image_is_what_comes_back() {
        let arena = Arena::new().unwrap();
        let [kept, freed] = [arena.take(100), arena.take(100)];
        fill(kept, 100, 7);
        // SAFETY: the block is the arena's, of this size.
        unsafe { arena.free(freed, 100) };
        let image = arena.image().unwrap();
        for _ in 0..2 {
            let again = arena.take(100);
            assert_eq!(again, freed, "what was free then is free");
            fill(again, 100, 8);
            let behind = arena.take(100);
            assert_eq!(behind.addr(), freed.addr() + capacity(class(100)));
            fill(kept, 100, 9);
            // SAFETY: the image is the arena's.
            unsafe { arena.restore(&image) };
            assert!(holds(kept, 100, 7));
        }
        let outside = arena.take(LARGEST + 1);
        assert!(arena.image().is_none(), "what is outside is in no image");
        // SAFETY: the block is the arena's, of this size.
        unsafe { arena.free(outside, LARGEST + 1) };
    }
}
