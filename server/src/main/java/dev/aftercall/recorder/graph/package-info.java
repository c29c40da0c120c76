/**
 * The mirror of a tenant: follows the recordings and transcripts of organizers by Graph's deltas,
 * page by page, and announces each as a copy that is called what its original is.
 */
@NullMarked
package dev.aftercall.recorder.graph;

import org.jspecify.annotations.NullMarked;
