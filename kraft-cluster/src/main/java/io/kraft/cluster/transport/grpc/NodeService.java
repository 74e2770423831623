package io.kraft.cluster.transport.grpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;

/**
 * The one gRPC method of a node. Bytes in, bytes out: gRPC transports frames and does not
 * read them.
 */
final class NodeService {

	private static final String SERVICE = "kraft.Node";

	static final MethodDescriptor<byte[], byte[]> CALL = MethodDescriptor
		.newBuilder(new BytesMarshaller(), new BytesMarshaller())
		.setType(MethodDescriptor.MethodType.UNARY)
		.setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "call"))
		.build();

	private NodeService() {
	}

	static ServerServiceDefinition answeredBy(ServerCallHandler<byte[], byte[]> handler) {
		return ServerServiceDefinition.builder(SERVICE).addMethod(CALL, handler).build();
	}

	private static final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] value) {
			return new ByteArrayInputStream(value);
		}

		@Override
		public byte[] parse(InputStream stream) {
			try (stream) {
				return stream.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
