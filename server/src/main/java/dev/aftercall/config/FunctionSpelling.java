package dev.aftercall.config;

/** Which spellings of a function call are understood. */
public enum FunctionSpelling {
  /** Also those of SDKs that Graph itself refuses. */
  LENIENT,
  /** What Graph understands, so that nobody learns the rest in production. */
  STRICT
}
