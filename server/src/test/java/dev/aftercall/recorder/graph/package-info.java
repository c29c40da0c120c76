/** Tests of the mirror of a tenant. */
@org.jspecify.annotations.NullMarked
package dev.aftercall.recorder.graph;
