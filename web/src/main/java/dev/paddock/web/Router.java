package dev.paddock.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a method and a path stand for in a tree of segments. A literal segment wins over a
 * parameter, and a parameter over a tail; where the better branch ends without a target the next
 * one is tried.
 *
 * @param <T> what paths lead to
 */
final class Router<T> {
  private final Node<T> root = new Node<>();

  /** What was found. */
  sealed interface Found<T> {
    record Target<T>(T value, Map<String, String> parameters) implements Found<T> {}

    record OtherMethods<T>(Set<String> allowed) implements Found<T> {}

    record Nothing<T>() implements Found<T> {}
  }

  /** Adds a target; two for the same method and path are a mistake in the program. */
  void add(String method, String path, T target) {
    Node<T> node = root;
    List<String> names = new ArrayList<>();
    for (String segment : PathText.segments(path)) {
      if (segment.startsWith("{+")) {
        names.add(segment.substring(2, segment.length() - 1));
        node = node.tail();
      } else if (segment.startsWith("{")) {
        names.add(segment.substring(1, segment.length() - 1));
        node = node.parameter();
      } else {
        node = node.literals.computeIfAbsent(segment, any -> new Node<>());
      }
    }
    if (node.leaves.put(method, new Leaf<>(target, List.copyOf(names))) != null) {
      throw new IllegalArgumentException("Two routes for " + method + " " + path);
    }
  }

  Found<T> find(String method, String rawPath) {
    Search<T> search = new Search<>(method, PathText.segments(rawPath));
    Leaf<T> leaf = search.visit(root, 0);
    if (leaf != null) {
      return new Found.Target<>(leaf.target, search.parameters(leaf));
    }
    return search.allowed.isEmpty()
        ? new Found.Nothing<>()
        : new Found.OtherMethods<>(search.allowed);
  }

  private record Leaf<T>(T target, List<String> names) {}

  private static final class Node<T> {
    final Map<String, Node<T>> literals = new HashMap<>();
    final Map<String, Leaf<T>> leaves = new HashMap<>();
    @Nullable Node<T> parameter;
    @Nullable Node<T> tail;

    Node<T> parameter() {
      Node<T> child = parameter == null ? new Node<>() : parameter;
      parameter = child;
      return child;
    }

    Node<T> tail() {
      Node<T> child = tail == null ? new Node<>() : tail;
      tail = child;
      return child;
    }
  }

  private static final class Search<T> {
    final String method;
    final List<String> segments;
    final Set<String> allowed = new TreeSet<>();
    private final List<String> values = new ArrayList<>(4);

    Search(String method, List<String> segments) {
      this.method = method;
      this.segments = segments;
    }

    @Nullable Leaf<T> visit(Node<T> node, int depth) {
      if (depth == segments.size()) {
        Leaf<T> leaf = node.leaves.get(method);
        if (leaf == null) {
          allowed.addAll(node.leaves.keySet());
        }
        return leaf;
      }
      String segment = segments.get(depth);
      Node<T> literal = node.literals.get(segment);
      Leaf<T> found = literal == null ? null : visit(literal, depth + 1);
      if (found == null && node.parameter != null && !segment.isEmpty()) {
        found = visitWith(node.parameter, segment, depth + 1);
      }
      if (found == null && node.tail != null) {
        String rest = String.join("/", segments.subList(depth, segments.size()));
        found = visitWith(node.tail, rest, segments.size());
      }
      return found;
    }

    private @Nullable Leaf<T> visitWith(Node<T> child, String value, int depth) {
      values.add(value);
      Leaf<T> found = visit(child, depth);
      if (found == null) {
        values.removeLast();
      }
      return found;
    }

    Map<String, String> parameters(Leaf<T> leaf) {
      Map<String, String> parameters = HashMap.newHashMap(values.size());
      for (int i = 0; i < values.size(); i++) {
        parameters.put(leaf.names.get(i), PathText.decode(values.get(i)));
      }
      return parameters;
    }
  }
}
