/** The contract every content store keeps, and its parts. */
@NullMarked
package dev.aftercall.content;

import org.jspecify.annotations.NullMarked;
