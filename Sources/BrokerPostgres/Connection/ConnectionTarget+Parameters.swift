import CLibpq
package import IdentityBroker

extension ConnectionTarget {
    /// Checks the parameters for which libpq would not even try to connect, without connecting.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``, which names a parameter and not its value.
    package func checkParameters() throws(BrokerError) {
        guard let keyword = refusedNumber ?? refusedKeyword else { return }
        throw .misconfigured(
            """
            libpq does not accept the '\(keyword)' of the PostgreSQL store. Correct it in the store's url, or in libpq's \
            environment variables or service file.
            """)
    }

    /// The first parameter that is not the number that it should be. libpq reports these only while it connects.
    private var refusedNumber: String? {
        let isPort = { (text: Substring) in text.isEmpty || UInt16(text).map { $0 > 0 } ?? false }
        let ports = options["port"]?.split(separator: ",", omittingEmptySubsequences: false) ?? []
        let hosts = (options["hostaddr"] ?? options["host"] ?? "").count { $0 == "," } + 1
        guard ports.allSatisfy(isPort), ports.count <= 1 || ports.count == hosts else { return "port" }
        return [
            "connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count",
            "tcp_user_timeout",
        ].first { keyword in options[keyword].map { !$0.isEmpty && CInt($0) == nil } ?? false }
    }

    /// The parameter that libpq refuses when it is given all of them and a socket that does not exist.
    private var refusedKeyword: String? {
        let nowhere = [("hostaddr", ""), ("host", "/nonexistent"), ("port", "1")]
        return withParameters(and: nowhere) { keywords, values in
            guard PQpingParams(keywords, values, 1) == PQPING_NO_ATTEMPT else { return nil }
            guard let connection = PQconnectStartParams(keywords, values, 1) else { return "url" }
            defer { PQfinish(connection) }
            let message = String(cString: PQerrorMessage(connection))
            let words = Set(message.split { !$0.isLetter && $0 != "_" }.map(String.init))
            return Self.keywords.first(where: words.contains) ?? "url"
        }
    }
}
