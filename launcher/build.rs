//! Generates the protocol's messages from the one definition that both sides share.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto/launcher.proto");
    let messages = protox::compile(["proto/launcher.proto"], ["proto"])?;
    prost_build::Config::new().compile_fds(messages)?;
    Ok(())
}
