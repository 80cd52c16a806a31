package dev.paddock.proxy;

import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;

/** Limits and socket settings of both sides. */
final class Transport {
  private static final int HEAD_BYTES = 32 * 1024;
  private static final int LINE_BYTES = 16 * 1024;
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int BACKLOG = 1_024;
  private static final int CONNECT_MILLIS = 5_000;

  /** Below the five seconds after which Node.js closes a connection that waits for a request. */
  private static final int KEEP_UPSTREAM_SECONDS = 4;

  /** Event streams and WebSockets hold a connection each, so there must be plenty. */
  private static final int CONNECTIONS_PER_ADDRESS = 4_096;

  private Transport() {}

  static VertxOptions vertx(int eventLoops) {
    return new VertxOptions()
        .setEventLoopPoolSize(eventLoops)
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1)
        .setPreferNativeTransport(true)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  static HttpServerOptions server() {
    return new HttpServerOptions()
        .setMaxHeaderSize(HEAD_BYTES)
        .setMaxInitialLineLength(LINE_BYTES)
        .setMaxChunkSize(CHUNK_BYTES)
        .setAcceptBacklog(BACKLOG)
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true)
        .setHttp2ClearTextEnabled(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false);
  }

  static HttpClientOptions client() {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setMaxHeaderSize(HEAD_BYTES)
        .setMaxInitialLineLength(LINE_BYTES)
        .setMaxChunkSize(CHUNK_BYTES)
        .setConnectTimeout(CONNECT_MILLIS)
        .setKeepAlive(true)
        .setKeepAliveTimeout(KEEP_UPSTREAM_SECONDS)
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true)
        .setDecompressionSupported(false);
  }

  static PoolOptions pool() {
    return new PoolOptions()
        .setHttp1MaxSize(CONNECTIONS_PER_ADDRESS)
        .setMaxWaitQueueSize(CONNECTIONS_PER_ADDRESS);
  }
}
