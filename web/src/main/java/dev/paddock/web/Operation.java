package dev.paddock.web;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Describes a route; the OpenAPI document is made of these.
 *
 * @param id name of the operation in generated clients; unique
 * @param tag group under which documents list it
 * @param summary one line for a person
 * @param parameters query and header parameters; path parameters come from the route's path
 * @param request what it reads, if anything
 * @param response what it answers when it succeeds
 */
public record Operation(
    String id,
    String tag,
    String summary,
    List<Parameter> parameters,
    Optional<Content> request,
    Content response,
    int status) {
  public Operation {
    parameters = List.copyOf(parameters);
  }

  /**
   * A body.
   *
   * @param mediaType its content type; empty for no body
   * @param type the record (or list of records) that it holds; empty when it is not JSON
   */
  public record Content(String mediaType, Optional<Type> type) {
    static final Content NONE = new Content("", Optional.empty());

    static Content json(Type type) {
      return new Content("application/json", Optional.of(type));
    }
  }

  /** A query parameter. {@code type} is String, Integer, Long, Double or Boolean. */
  public record Parameter(
      String name, Class<?> type, boolean repeated, boolean required, String summary) {}

  /** An operation that reads nothing and answers 200 without a body. */
  public static Operation of(String id, String tag, String summary) {
    return new Operation(id, tag, summary, List.of(), Optional.empty(), Content.NONE, 200);
  }

  /** With an optional query parameter. */
  public Operation query(String name, Class<?> type, String about) {
    return with(new Parameter(name, type, false, false, about));
  }

  /** With a query parameter that must be there. */
  public Operation requiredQuery(String name, Class<?> type, String about) {
    return with(new Parameter(name, type, false, true, about));
  }

  /** With an optional query parameter that may be repeated. */
  public Operation queryList(String name, Class<?> type, String about) {
    return with(new Parameter(name, type, true, false, about));
  }

  /** Reads a record as JSON. */
  public Operation reads(Class<?> record) {
    return reads(Content.json(record));
  }

  /** Reads a body of another media type. */
  public Operation readsMedia(String mediaType) {
    return reads(new Content(mediaType, Optional.empty()));
  }

  /** Answers a record (or another type that JSON can hold) as JSON. */
  public Operation answers(int code, Type type) {
    return new Operation(id, tag, summary, parameters, request, Content.json(type), code);
  }

  /** Answers a JSON array. */
  public Operation answersList(int code, Class<?> element) {
    return answers(code, element.arrayType());
  }

  /** Answers a body of another media type. */
  public Operation answersMedia(int code, String mediaType) {
    Content content = new Content(mediaType, Optional.empty());
    return new Operation(id, tag, summary, parameters, request, content, code);
  }

  /** Answers without a body. */
  public Operation answersNothing(int code) {
    return new Operation(id, tag, summary, parameters, request, Content.NONE, code);
  }

  private Operation reads(Content content) {
    return new Operation(id, tag, summary, parameters, Optional.of(content), response, status);
  }

  private Operation with(Parameter parameter) {
    List<Parameter> more = new ArrayList<>(parameters);
    more.add(parameter);
    return new Operation(id, tag, summary, more, request, response, status);
  }
}
