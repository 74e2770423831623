package io.kraft.cluster.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Pattern;

import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

import io.kraft.cluster.transport.Address;
import org.jspecify.annotations.Nullable;

/**
 * Addresses from DNS: all A and AAAA records of a name, such as that of a headless
 * service of Kubernetes; or the SRV records (RFC 2782) of one that begins with an
 * underscore, which have the ports too. A name that is unknown has no addresses yet: the
 * first node of a cluster is not ready, so it is in no DNS.
 * <p>
 * A and AAAA are asked for by the JDK, which remembers answers for the time that the
 * security property {@code networkaddress.cache.ttl} says (30 seconds unless it is set).
 */
public final class DnsDiscovery implements Discovery {

	/** Two tries of two seconds. */
	private static final String TIMEOUT_MILLIS = "2000";

	private static final String RETRIES = "2";

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");

	private static final String SERVICE = "_";

	private static final int SRV_FIELDS = 4;

	private static final int PORT_FIELD = 2;

	private final String name;

	private final int port;

	private final @Nullable String server;

	/**
	 * Of a name.
	 * @param name of hosts, or with an underscore at its beginning of a service
	 * @param port of the nodes; not used for a service
	 * @throws IllegalArgumentException if it is no name
	 */
	public DnsDiscovery(String name, int port) {
		this(name, port, null);
	}

	/** With a server for SRV, as a URL of JNDI; null for those of the system. */
	DnsDiscovery(String name, int port, @Nullable String server) {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("'" + name + "' is no name in DNS");
		}
		this.name = name;
		this.port = new Address(name, port).port();
		this.server = server;
	}

	@Override
	public List<String> addresses() {
		return this.name.startsWith(SERVICE) ? services() : hosts();
	}

	private List<String> hosts() {
		try {
			return Arrays.stream(InetAddress.getAllByName(this.name))
				.map((host) -> new Address(host.getHostAddress(), this.port).toString())
				.distinct()
				.toList();
		}
		catch (UnknownHostException ex) {
			return List.of();
		}
	}

	// Nothing is deserialized: the provider is that of DNS, whose attributes are strings,
	// and
	// the name is no URL by which JNDI would take another one.
	@SuppressWarnings("BanJNDI")
	private List<String> services() {
		DirContext context = null;
		try {
			context = new InitialDirContext(environment());
			Attribute records = context.getAttributes(this.name, new String[] { "SRV" }).get("SRV");
			return (records != null) ? read(records.getAll()) : List.of();
		}
		catch (NameNotFoundException ex) {
			return List.of();
		}
		catch (NamingException ex) {
			throw new DiscoveryException("no DNS server answers for the SRV records of " + this.name, ex);
		}
		finally {
			close(context);
		}
	}

	/** Priority, weight, port, and the name of the host with a dot at its end. */
	private List<String> read(NamingEnumeration<?> records) throws NamingException {
		List<String> addresses = new ArrayList<>();
		while (records.hasMore()) {
			String[] fields = String.valueOf(records.next()).split(" ", -1);
			String host = (fields.length == SRV_FIELDS) ? fields[SRV_FIELDS - 1] : "";
			// A dot alone says that there is no such service.
			if (host.length() > 1) {
				String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
				addAddress(addresses, bare, fields[PORT_FIELD]);
			}
		}
		return addresses.stream().distinct().toList();
	}

	private static void addAddress(List<String> addresses, String host, String port) {
		try {
			addresses.add(new Address(host, Integer.parseInt(port)).toString());
		}
		catch (IllegalArgumentException ex) {
			// Not one that can be called; the others may be.
		}
	}

	@SuppressWarnings("JdkObsolete") // JNDI has no other type.
	private Hashtable<String, String> environment() {
		Hashtable<String, String> environment = new Hashtable<>();
		environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
		environment.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MILLIS);
		environment.put("com.sun.jndi.dns.timeout.retries", RETRIES);
		if (this.server != null) {
			environment.put(Context.PROVIDER_URL, this.server);
		}
		return environment;
	}

	private static void close(@Nullable DirContext context) {
		try {
			if (context != null) {
				context.close();
			}
		}
		catch (NamingException ex) {
			// Nothing is held by it that lasts.
		}
	}

	@Override
	public String toString() {
		return "DNS " + this.name;
	}

}
