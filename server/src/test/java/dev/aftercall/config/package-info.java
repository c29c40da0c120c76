/** Tests of the settings. */
@org.jspecify.annotations.NullMarked
package dev.aftercall.config;
