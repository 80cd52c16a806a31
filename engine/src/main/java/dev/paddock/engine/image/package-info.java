/**
 * The images of one host, kept by buildah and podman in a storage of our own. Registries, image
 * files and Dockerfiles are untrusted: what they make the tools do is bounded in time, memory,
 * processes and output, and what they say is cleaned before a person sees it.
 */
@NullMarked
package dev.paddock.engine.image;

import org.jspecify.annotations.NullMarked;
