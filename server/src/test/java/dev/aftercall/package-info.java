/** Tests. */
@org.jspecify.annotations.NullMarked
package dev.aftercall;
