//! Generates the protocol's messages from the one definition that both sides share.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto/agent.proto");
    let messages = protox::compile(["proto/agent.proto"], ["proto"])?;
    prost_build::Config::new()
        .btree_map(["."])
        .compile_fds(messages)?;
    Ok(())
}
