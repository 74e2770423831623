package io.kraft.engine;

import io.kraft.engine.journal.PayloadTransform;

/**
 * Wraps every payload before it is journaled and unwraps it when it is read, for
 * encryption or compression. Several are applied in order. A payload keeps the ids of its
 * codecs, so that a codec may be added later; one that is recorded in a journal must
 * stay. One that is to be bound to the place of each payload is a
 * {@link PayloadEncryption}.
 */
public interface PayloadCodec extends PayloadTransform {

}
