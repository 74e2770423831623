package io.kraft.cluster.security;

import java.math.BigInteger;
import java.security.spec.ECPoint;

/**
 * The public point of a private key on P-256 (SEC 1, 2.2.1; SEC 2, 2.4.2), which the JDK
 * computes only for keys that it has drawn itself. Once at the start, on this node alone:
 * it takes no constant time.
 */
final class P256 {

	private static final BigInteger P = new BigInteger(
			"ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

	private static final BigInteger A = P.subtract(BigInteger.valueOf(3));

	private static final ECPoint GENERATOR = new ECPoint(
			new BigInteger("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", 16),
			new BigInteger("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5", 16));

	private P256() {
	}

	/** The generator, added to itself so many times, from 1 to the order - 1. */
	static ECPoint multiply(BigInteger scalar) {
		ECPoint sum = ECPoint.POINT_INFINITY;
		for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
			sum = add(sum, sum);
			if (scalar.testBit(bit)) {
				sum = add(sum, GENERATOR);
			}
		}
		return sum;
	}

	private static ECPoint add(ECPoint one, ECPoint other) {
		if (one.equals(ECPoint.POINT_INFINITY)) {
			return other;
		}
		if (other.equals(ECPoint.POINT_INFINITY)) {
			return one;
		}
		BigInteger slope = slope(one, other);
		BigInteger x = slope.pow(2).subtract(one.getAffineX()).subtract(other.getAffineX()).mod(P);
		BigInteger y = slope.multiply(one.getAffineX().subtract(x)).subtract(one.getAffineY()).mod(P);
		return new ECPoint(x, y);
	}

	/** Opposite points, whose sum is infinite, do not meet below the order. */
	private static BigInteger slope(ECPoint one, ECPoint other) {
		if (one.equals(other)) {
			BigInteger x = one.getAffineX();
			return x.pow(2)
				.multiply(BigInteger.valueOf(3))
				.add(A)
				.multiply(one.getAffineY().shiftLeft(1).modInverse(P));
		}
		return other.getAffineY()
			.subtract(one.getAffineY())
			.multiply(other.getAffineX().subtract(one.getAffineX()).mod(P).modInverse(P));
	}

}
