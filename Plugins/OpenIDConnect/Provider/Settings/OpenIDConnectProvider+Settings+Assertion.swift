import IdentityBroker
import JOSE

/// The keys of assertions, read when an instance is made.
extension OpenIDConnectProvider.Settings {
    func assertion(
        _ settings: OpenIDConnectProvider.ClientAssertionSettings,
        for issuers: ExpectedIssuers,
        in context: ProviderContext
    ) throws(BrokerError) -> ClientAssertion {
        let key = try Self.key(
            in: try context.resolve(.file(settings.keyFile)), for: settings.algorithm,
            setting: "clientAssertion.keyFile")
        let texts = [settings.keyId, settings.audience].compactMap(\.self)
        guard texts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } }) else {
            throw .fault("clientAssertion.keyId and clientAssertion.audience contain printable ASCII.")
        }
        let audience: ClientAssertion.Audience =
            switch (settings.audience, peculiarities.assertionAudience) {
            case (let text?, _): .text(text)
            case (nil, .issuer): .text(try Self.audience(of: issuers))
            case (nil, .tokenEndpoint): .tokenEndpoint
            }
        return ClientAssertion(
            issuer: clientId, subject: clientId, audience: audience, key: key, keyId: settings.keyId,
            certificateThumbprint: try settings.certificateFile.map { file throws(BrokerError) in
                try Self.thumbprint(ofCertificateIn: try context.resolve(.file(file)), of: key)
            })
    }

    /// The issuer as an audience. A template is no one's name.
    private static func audience(of issuers: ExpectedIssuers) throws(BrokerError) -> String {
        guard !issuers.documentIssuer.contains(ExpectedIssuers.placeholder) else {
            throw .fault("clientAssertion.audience is required, since issuer has {tenantid} for several tenants.")
        }
        return issuers.documentIssuer
    }

    /// For a provider whose client secret is an assertion.
    func signedSecret(
        _ signed: Peculiarities.AssertionAsSecret,
        for issuers: ExpectedIssuers,
        in context: ProviderContext
    ) throws(BrokerError) -> ClientAssertion {
        ClientAssertion(
            issuer: signed.issuer, subject: clientId, audience: .text(try Self.audience(of: issuers)),
            key: try Self.key(in: try context.resolve(signed.key), for: .es256, setting: "privateKey"),
            keyId: signed.keyId)
    }

    private static func key(
        in text: Secret,
        for algorithm: SignatureAlgorithm?,
        setting: String
    ) throws(BrokerError) -> SigningKey {
        do throws(SigningKey.PEMFault) {
            return try SigningKey(pem: text.reveal(), for: algorithm)
        } catch {
            throw .fault("\(setting) cannot be used: \(error.rawValue).")
        }
    }

    private static func thumbprint(ofCertificateIn text: Secret, of key: SigningKey) throws(BrokerError) -> String {
        guard let document = PEMDocument(text.reveal(), where: { $0 == "CERTIFICATE" }) else {
            throw .fault("clientAssertion.certificateFile is not a certificate in PEM form.")
        }
        guard let publicKey = key.subjectPublicKey, document.bytes.firstRange(of: publicKey) != nil else {
            throw .fault("clientAssertion.certificateFile is the certificate of another key than the one in keyFile.")
        }
        return Base64URL.encode(HashFunction.sha256.hash(document.bytes))
    }
}
