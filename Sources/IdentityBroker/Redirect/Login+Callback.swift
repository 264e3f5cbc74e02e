extension Login {
    /// Step 2 of a login by redirect: the code is taken out of what the browser brought, if it is the answer to this flow.
    mutating func readCallback(for provider: ResolvedProvider) throws(BrokerError) {
        guard let callback = credential.callback, let flow = credential.flow else { return }
        guard let plugin = provider.provider as? any RedirectRequesting else {
            throw .misconfigured("Providers of type \(provider.instance.manifest.type) end no login by redirect.")
        }
        guard flow.provider == providerID else {
            throw BrokerError(.invalidCredential, "The login was begun with another provider. Begin a new one.")
        }
        let answer = try RedirectCallback(callback.reveal())
        let code = try answer.code(
            of: flow, from: plugin.issuer, isIssuerRequired: plugin.namesItselfInResponses, at: began)
        credential = credential.opened(code)
    }
}
