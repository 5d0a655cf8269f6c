#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| talent_fuzz::tables::tables(bytes));
