extension Login {
    /// Step 2 of a redirect login: extracts the code from what the browser brought, if that answers this flow.
    mutating func readCallback(for provider: ResolvedProvider) throws(BrokerError) {
        guard let callback = credential.callback, let flow = credential.flow else { return }
        guard let plugin = provider.provider as? any RedirectRequesting else {
            throw .misconfigured("Providers of type \(provider.instance.manifest.type) end no login by redirect.")
        }
        guard flow.provider == providerID else {
            throw BrokerError(.invalidCredential, "The login was begun with another provider. Begin a new one.")
        }
        let form = plugin.redirectForm
        guard callback.responseMode == form.responseMode else {
            throw BrokerError(
                .invalidCredential, "The answer came back in another way than was asked for. Begin a new login.")
        }
        let answer = try RedirectCallback(callback.text.reveal(), as: form)
        let code = try answer.code(of: flow, from: form.issuers ?? [plugin.issuer.rawValue], at: began)
        credential = credential.opened(code, with: answer.parts, from: answer.issuer)
    }
}
