package dev.paddock.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.InvalidException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM alpine:3",
        "FROM alpine:3\n",
        "# why\n\n  from   alpine:3  \n",
        "FROM alpine:3\r\n"
      })
  void aFromAloneOnlyNamesItsBase(String text) {
    assertThat(new Dockerfile(text).onlyBase()).contains("alpine:3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM scratch",
        "FROM alpine\nRUN true",
        "ARG X=alpine\nFROM $X",
        "FROM ${X}",
        "FROM --platform=linux/arm64 alpine",
        "FROM alpine AS base",
        "FROM alpine\\\n:3",
        "RUN true"
      })
  void anythingMoreIsABuild(String text) {
    assertThat(new Dockerfile(text).onlyBase()).isEmpty();
  }

  @Test
  void anEmptyOneIsRefused() {
    assertThatThrownBy(() -> new Dockerfile(" \n"))
        .isInstanceOf(InvalidException.class)
        .hasMessage("The Dockerfile holds no instructions; begin it with FROM");
  }

  @Test
  void anEndlessOneIsRefused() {
    String text = "FROM alpine\n".repeat(100_000);
    assertThatThrownBy(() -> new Dockerfile(text))
        .isInstanceOf(InvalidException.class)
        .hasMessage("The Dockerfile is longer than 1 MiB");
  }
}
