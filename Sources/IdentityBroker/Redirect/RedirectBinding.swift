extension ProviderManifest {
    /// Refuses an instance whose codes are bound to their redirect by nothing but the state, unless the type says that
    /// its upstream knows nothing else. The state protects the app from a foreign code, but not a stolen code from being
    /// redeemed in another session (RFC 9700 §2.1.1). Such an instance takes no code without a flow either, unless its type
    /// is one whose apps sign in that way: a stolen one would not even need the state.
    ///
    /// - Parameter type: The manifest of the type, to which the instance's settings have added nothing.
    /// - Throws: ``BrokerError`` of kind `misconfigured`.
    func checkRedirects(of provider: (any IdentityProvider)?, ofType type: ProviderManifest) throws(BrokerError) {
        guard let provider = provider as? any RedirectRequesting else { return }
        let rule = provider.nonceRule ?? nonce
        guard !provider.redirectForm.usesPKCE, rule != .required, rule != .hashed else { return }
        guard type.acceptsNativeCodes || !acceptsNativeCodes else {
            throw .misconfigured(
                """
                Only the state binds a code to its login here, and a code without a flow needs none: whoever stole a code \
                could sign in with it. Set pkce to required, or nativeCodes to false.
                """
            )
        }
        guard reliesOnStateAlone else {
            throw .misconfigured(
                """
                Neither PKCE nor a nonce would bind a code to its login, so a stolen code would sign anyone in. \
                Set \(nonce == .absent ? "pkce" : "pkce or nonce") to required.
                """
            )
        }
    }

    private var acceptsNativeCodes: Bool { credentials.contains(where: \.acceptsNativeCodes) }
}
