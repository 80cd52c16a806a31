package dev.paddock.model;

import java.util.List;

/**
 * One page of a listing that is counted.
 *
 * @param items at most {@code limit} of them
 * @param total how many there are on all pages
 * @param page this page's number, from 1
 * @param totalPages number of pages; 0 when there are no items
 */
public record Page<T>(List<T> items, long total, int page, int totalPages) {
  public Page {
    items = List.copyOf(items);
  }

  /** The page that {@code request} asked for, given what was found. */
  public static <T> Page<T> of(List<T> items, long total, PageRequest request) {
    int pages = Math.toIntExact((total + request.limit() - 1) / request.limit());
    return new Page<>(items, total, request.page(), pages);
  }
}
