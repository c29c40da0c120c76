/**
 * The settings: each key declared once, read from a file and the environment into one record tree,
 * and judged before a production start.
 */
@NullMarked
package dev.aftercall.config;

import org.jspecify.annotations.NullMarked;
