package import IdentityBroker
package import StrictJSON

/// A broker with one instance at which people log in, and the upstream behind it.
package struct LoginDesk: Sendable {
    let id: ProviderID
    let callback: String
    /// The broker.
    package let broker: Broker
    /// The upstream.
    package let transport: ScriptedTransport
    /// What the broker keeps.
    package let store: MemoryStore
    /// What the broker measures time with; it stands still.
    package let clock: TestClock

    /// A login with a credential that began nowhere.
    package func login(_ credential: Credential) async throws -> Identity {
        try await broker.login(id, with: credential)
    }

    /// A login by redirect.
    ///
    /// - Parameter callback: What the browser brings back, in which `STATE` is replaced by the flow's state; nil for the usual.
    package func redirect(_ callback: String? = nil) async throws -> Identity {
        let start = try await broker.beginRedirect(id, returningTo: "https://app.example/callback")
        let text = (callback ?? self.callback).replacing("STATE", with: start.flow.state.reveal())
        return try await broker.login(id, with: .callback(text, of: start.flow))
    }
}

extension UpstreamRequest {
    /// The JSON object in the body; nil if there is none.
    package var json: JSONObject? { (try? JSONReader().read(body))?.object }
}
