extension Login {
    /// Step 2: the credential has a kind and form that the provider accepts.
    func check(against provider: ResolvedProvider) throws(BrokerError) -> CredentialForm {
        let forms = provider.instance.manifest.credentials
        guard let form = forms.first(where: { $0.kind == credential.kind }) else {
            let accepted = forms.map { form in
                form.isOfRedirectsAlone
                    ? "\(form.kind.rawValue) from a redirect that the broker began" : form.kind.rawValue
            }.joined(separator: ", ")
            throw BrokerError(
                .invalidCredential, "The provider takes no \(credential.kind.rawValue), only: \(accepted).")
        }
        if credential.flow == nil, form.isOfRedirectsAlone {
            throw BrokerError(
                .invalidCredential,
                "The provider accepts a code only from a redirect that the broker began. Sign in with a browser.")
        }
        let name = credential.kind.rawValue
        guard !credential.value.isEmpty else {
            throw BrokerError(.invalidCredential, "The \(name) is empty.")
        }
        guard credential.value.byteCount <= form.maximumBytes else {
            throw BrokerError(.invalidCredential, "The \(name) is longer than \(form.maximumBytes) bytes.")
        }
        if let offset = credential.value.revealBytes().firstIndex(where: { !form.alphabet.contains($0) }) {
            throw BrokerError(
                .invalidCredential,
                "The \(name) has a character at byte \(offset) that none may have. \(form.alphabet.rule)"
            )
        }
        if let nonce = credential.nonce, !CredentialForm.nonceBytes.contains(nonce.byteCount) {
            let (least, most) = (CredentialForm.nonceBytes.lowerBound, CredentialForm.nonceBytes.upperBound)
            throw BrokerError(
                .invalidCredential, "The nonce does not have \(least) to \(most) bytes. Make one of 256 random bits.")
        }
        if credential.nonce != nil, credential.kind == .authorizationCode, provider.nonceRule == .absent {
            throw BrokerError(
                .invalidCredential,
                "The provider's codes lead to no ID token, so nothing would check the nonce. Leave it out.")
        }
        // What a browser brought was read by the form of the redirect.
        if !credential.parts.isEmpty, credential.callback == nil { try checkParts(by: form) }
        return form
    }

    /// No message repeats a name or a value: both are the caller's.
    private func checkParts(by form: CredentialForm) throws(BrokerError) {
        let known = form.parts.map(\.name)
        guard credential.parts.keys.allSatisfy(known.contains) else {
            let names = known.isEmpty ? "none" : "only: \(known.joined(separator: ", "))"
            throw BrokerError(
                .invalidCredential,
                "The \(form.kind.rawValue) came with a part that the provider does not take. It takes \(names).")
        }
        for part in form.parts {
            guard let value = credential.parts[part.name] else { continue }
            guard !value.isEmpty, value.byteCount <= part.maximumBytes else {
                throw BrokerError(
                    .invalidCredential, "The part \(part.name) is empty, or longer than \(part.maximumBytes) bytes.")
            }
            guard value.byteCount >= part.minimumBytes else {
                throw BrokerError(
                    .invalidCredential, "The part \(part.name) is shorter than \(part.minimumBytes) bytes.")
            }
            guard value.revealBytes().allSatisfy(part.alphabet.contains) else {
                throw BrokerError(
                    .invalidCredential, "The part \(part.name) has a character that it may not have.")
            }
        }
    }
}
