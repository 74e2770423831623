package io.kraft.cluster.transport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AddressTests {

	@ParameterizedTest
	@CsvSource({ "host,host:7800", "host:1,host:1", "' 10.0.0.1:65535 ',10.0.0.1:65535", "[::1],[::1]:7800",
			"[fe80::1]:9,[fe80::1]:9", "fe80::1,[fe80::1]:7800" })
	void anAddressIsAHostPerhapsWithAPort(String text, String address) {
		assertThat(Address.parse(text, 7800)).hasToString(address);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":1", "host:", "host:0", "host:65536", "host:x", "host:-1", "[::1]x", "[::1]:", "[]:1",
			"a b", "http://host", "host:123456", "host:\u0661" })
	void whatIsNoAddressIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Address.parse(text, 7800));
	}

	@ParameterizedTest
	@ValueSource(strings = { "host:1", "10.0.0.1:65535", "[fe80::1]:9" })
	void whatIsWrittenIsRead(String text) {
		assertThat(Address.parse(text)).hasToString(text);
		assertThat(Address.parse(Address.parse(text).toString())).isEqualTo(Address.parse(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "host", "host:", ":1", "[::1]", "[::1", "::1", "fe80::1:9", "host:1:2", "host:0",
			"a b:1", "http://host:1" })
	void betweenNodesAnAddressHasItsPort(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Address.parse(text));
	}

}
