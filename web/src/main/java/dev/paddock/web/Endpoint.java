package dev.paddock.web;

/** A route together with its group. */
record Endpoint(RouteGroup group, Handler handler) {}
