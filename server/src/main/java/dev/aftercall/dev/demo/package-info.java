/** The demo tenant of {@code start-dev}: people, applications, meetings with real recordings. */
@NullMarked
package dev.aftercall.dev.demo;

import org.jspecify.annotations.NullMarked;
