/** The development issuer, driven by the libraries it is made for. */
@NullMarked
package dev.aftercall.dev.issuer;

import org.jspecify.annotations.NullMarked;
