/** The one place that knows the HTTP library: routes, JSON, error bodies, OpenAPI, WebSocket. */
@NullMarked
package dev.paddock.web;

import org.jspecify.annotations.NullMarked;
