/**
 * A token issuer for development, with Microsoft Entra's endpoints, error codes and token claims,
 * so that the authentication libraries of the Graph SDKs sign in without an account and without the
 * Internet. It hands out tokens to whoever asks in the right form: never part of a production
 * start.
 */
@NullMarked
package dev.aftercall.dev.issuer;

import org.jspecify.annotations.NullMarked;
