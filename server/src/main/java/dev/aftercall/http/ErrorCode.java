package dev.aftercall.http;

/** Graph's error codes with the HTTP status each goes with. */
public enum ErrorCode {
  /** The request itself is wrong. */
  BAD_REQUEST("BadRequest", 400),
  /** A body or argument that is understood but not acceptable. */
  INVALID_REQUEST("InvalidRequest", 400),
  /** A look-up without the filter it needs. */
  INVALID_ARGUMENT("InvalidArgument", 400),
  /** No token, or none that is valid. */
  INVALID_AUTHENTICATION_TOKEN("InvalidAuthenticationToken", 401),
  /** No metered minutes are left; the code is not documented, the status is. */
  PAYMENT_REQUIRED("PaymentRequired", 402),
  /** A known caller who may not. */
  FORBIDDEN("Forbidden", 403),
  /** Content that only the organizer may read; Graph spells this code small. */
  ACCESS_DENIED("accessDenied", 403),
  /** No such thing, or none that this caller may know of. */
  NOT_FOUND("NotFound", 404),
  /** What Graph answers to an application that writes a user principal name for an object id. */
  UNKNOWN_ERROR("UnknownError", 404),
  /** The content is not kept in a form that the client takes. */
  NOT_ACCEPTABLE("NotAcceptable", 406),
  /** The method is not for this target; the code is the one Graph answers with. */
  METHOD_NOT_ALLOWED("Request_BadRequest", 405),
  /** The body took longer to come than it may. */
  REQUEST_TIMEOUT("RequestTimeout", 408),
  /** Two requests contradict each other. */
  CONFLICT("Conflict", 409),
  /** A delta token whose time is over; Graph spells this code small too. */
  SYNC_STATE_NOT_FOUND("syncStateNotFound", 410),
  /** A precondition header does not hold. */
  PRECONDITION_FAILED("PreconditionFailed", 412),
  /** More bytes than the limit allows. */
  REQUEST_TOO_LARGE("RequestEntityTooLarge", 413),
  /** More bytes than an answer within a batch carries. */
  RESPONSE_TOO_LARGE("ResponseTooLarge", 413),
  /** The path or query is longer than the limit allows. */
  URI_TOO_LONG("RequestUriTooLong", 414),
  /** A body of another type than the one asked for. */
  UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415),
  /** No such part of the content, or a fragment out of turn. */
  INVALID_RANGE("InvalidRange", 416),
  /** Readable as a request, not as a media file. */
  UNPROCESSABLE("UnprocessableEntity", 422),
  /** A request of a batch was not made, since one that it depends on failed. */
  FAILED_DEPENDENCY("FailedDependency", 424),
  /** A change that does not say which state it changes (RFC 6585, 3). */
  PRECONDITION_REQUIRED("PreconditionRequired", 428),
  /** More requests than the throttle lets through. */
  TOO_MANY_REQUESTS("TooManyRequests", 429),
  /** Header fields larger than the limit allows. */
  HEADERS_TOO_LARGE("RequestHeaderFieldsTooLarge", 431),
  /** Our fault; the log has the cause under the request id. */
  INTERNAL("InternalServerError", 500),
  /** A method or transfer coding nobody here knows. */
  NOT_IMPLEMENTED("NotImplemented", 501),
  /** Not now; try again. */
  SERVICE_UNAVAILABLE("ServiceUnavailable", 503),
  /** No room left to keep what was sent. */
  INSUFFICIENT_STORAGE("InsufficientStorage", 507);

  private final String code;
  private final int status;

  ErrorCode(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /** The word clients branch on. */
  public String code() {
    return code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
