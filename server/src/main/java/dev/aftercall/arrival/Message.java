package dev.aftercall.arrival;

import java.util.Optional;

/**
 * What a recorder sent, proved to be from it.
 *
 * @param envelope as JSON without credentials; kept, so that it can be read again
 * @param credential what fetching its files needs
 */
public record Message(String envelope, Optional<String> credential) {
  @Override
  public String toString() {
    return "Message";
  }
}
