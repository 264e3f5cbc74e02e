/// What the clients of a directory may do between them, which is what the service has to say of itself.
package struct ClientAbilities: Sendable, Hashable {
    /// Whether one may get authorization codes.
    package let mayGetCodes: Bool
    /// Whether one that does may refresh what it got, also after the session.
    package let mayStayOffline: Bool
    /// Whether one signs what it authenticates with.
    package let mayHaveKeys: Bool
}

extension ClientDirectory {
    /// What the clients may do between them.
    package var abilities: ClientAbilities {
        let withCodes = all.filter { $0.grants.contains(.authorizationCode) }
        return ClientAbilities(
            mayGetCodes: !withCodes.isEmpty,
            mayStayOffline: withCodes.contains { $0.grants.contains(.refreshToken) },
            mayHaveKeys: all.contains { if case .keys = $0.authentication { true } else { false } })
    }
}
