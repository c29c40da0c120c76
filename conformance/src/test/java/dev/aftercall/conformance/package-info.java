/**
 * Judges a running server from outside, with clients that nobody here wrote: Microsoft's Graph SDK,
 * azure-identity and MSAL, and plain HTTP as other clients spell it.
 */
@NullMarked
package dev.aftercall.conformance;

import org.jspecify.annotations.NullMarked;
