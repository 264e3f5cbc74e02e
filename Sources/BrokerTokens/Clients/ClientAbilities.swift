/// What the clients of a directory may do between them, which is what the service has to say of itself.
package struct ClientAbilities: Sendable, Hashable {
    /// The ways in which one or another may get tokens.
    package let grants: Set<GrantType>
    /// Whether one that does may refresh what it got, also after the session.
    package let mayStayOffline: Bool
    /// Whether one signs what it authenticates with.
    package let mayHaveKeys: Bool

    /// Whether one may get authorization codes.
    package var mayGetCodes: Bool { grants.contains(.authorizationCode) }
}

extension ClientDirectory {
    /// What the clients may do between them.
    package var abilities: ClientAbilities {
        let withCodes = all.filter { $0.grants.contains(.authorizationCode) }
        return ClientAbilities(
            grants: all.reduce(into: []) { $0.formUnion($1.grants) },
            mayStayOffline: withCodes.contains { $0.grants.contains(.refreshToken) },
            mayHaveKeys: all.contains { if case .keys = $0.authentication { true } else { false } })
    }
}
