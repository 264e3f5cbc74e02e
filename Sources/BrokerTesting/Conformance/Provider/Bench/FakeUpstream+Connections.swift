import LoopbackServer

extension FakeUpstream {
    /// How many connections have been made, including those that the server has not accepted yet. Counting makes one
    /// more.
    func countConnections() async throws -> Int {
        // Connections are accepted in the order in which they are made.
        try await RawClient.withConnection(to: server.port) { client in
            try await client.send("This is not TLS, and ends the connection.\r\n\r\n")
            try await client.waitForEnd()
        }
        return server.connectionCount - 1
    }
}
