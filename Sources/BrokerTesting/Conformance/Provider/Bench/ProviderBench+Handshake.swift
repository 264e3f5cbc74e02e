import CurlTransport

extension ProviderBench {
    /// Sends a person to each of the faults, over a transport without earlier connections.
    func forEachVisit(
        under faults: [(String, HandshakeFault)],
        _ body: (_ visit: Visit, _ circumstances: String) async throws -> Void
    ) async throws {
        for (name, fault) in faults {
            let transport = try CurlTransport(connectionPoolSize: 4)
            let outcome = await Outcome {
                let visit = try await visit(over: carrying(people: transport))
                upstream.enqueue(.init(name, handshake: fault))
                try await body(visit, name)
            }
            await transport.shutdown()
            try outcome.get()
        }
    }
}
