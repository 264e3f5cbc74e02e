extension Target {
    /// What the broker adds to an exchange.
    static func login(in results: Results) -> [Target] {
        let logins = [16, 64].map { inFlight in
            Target(
                "Broker.login on the memory store, \(inFlight) in flight: CPU ≤ 15 µs over CurlTransport alone",
                results.paired(
                    .processor,
                    Cell(subject: Subject.memoryLogin, inFlight: inFlight),
                    Cell(subject: Subject.transport, inFlight: inFlight)
                ) { $0 - $1 },
                .microseconds,
                atMost: 15
            )
        }
        let mapping = Target(
            "Decode and map the documented record ≤ 6 µs",
            results.spread(.median, of: Cell(suite: .mapping, subject: "decode and map")), .microseconds, atMost: 6
        )
        return logins + [mapping, native(in: results)]
    }

    /// By processor time, since what others do on the core is no part of a login.
    private static func native(in results: Results) -> Target {
        let cell = Cell(suite: .native, subject: Subject.nativeMemoryLogin, inFlight: 64)
        return Target(
            "Logins by ID token on the memory store, ES256, 64 in flight: ≥ 8000 for each second of a core",
            Spread(results.values(.processor, of: cell).map { 1e6 / $0 }), .perSecond, atLeast: 8000
        )
    }

    /// Logins that are on disk before they are answered.
    static func durableStores(in results: Results) -> [Target] {
        [("SQLite", Subject.sqliteLogin), ("PostgreSQL", Subject.postgresLogin)].map { name, subject in
            Target(
                "\(name), 64 in flight: ≥ 2000 durable logins a second",
                results.spread(.rate, of: Cell(subject: subject, inFlight: 64)), .perSecond, atLeast: 2000
            )
        }
    }
}
