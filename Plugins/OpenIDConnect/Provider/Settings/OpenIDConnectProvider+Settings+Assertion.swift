import Foundation
import IdentityBroker
import JOSE

/// The keys of assertions, read when an instance is made.
extension OpenIDConnectProvider.Settings {
    /// A certificate, even with its chain, is shorter.
    private static let longestCertificate = 64 * 1024

    func assertion(
        _ settings: OpenIDConnectProvider.ClientAssertionSettings,
        in context: ProviderContext
    ) throws(BrokerError) -> ClientAssertion {
        guard let file = settings.keyFile else {
            throw .fault("clientAssertion needs keyFile, the file with the private key.")
        }
        let key = try Self.key(
            in: try context.resolve(.file(file)), for: settings.algorithm, setting: "clientAssertion.keyFile")
        let texts = [settings.keyId, settings.audience].compactMap(\.self)
        guard texts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } }) else {
            throw .fault("clientAssertion.keyId and clientAssertion.audience contain printable ASCII.")
        }
        let audience: ClientAssertion.Audience =
            switch (settings.audience, peculiarities.assertionAudience) {
            case (let text?, _): .text(text)
            case (nil, .issuer): .text(try checkedIssuers().instanceIssuer)
            case (nil, .tokenEndpoint): .tokenEndpoint
            }
        return ClientAssertion(
            issuer: clientId, subject: clientId, audience: audience, key: key, keyId: settings.keyId,
            certificateThumbprint: try settings.certificateFile.map { file throws(BrokerError) in
                try Self.thumbprint(ofCertificateIn: file)
            })
    }

    /// For a provider whose client secret is an assertion.
    func signedSecret(
        _ signed: Peculiarities.AssertionAsSecret,
        in context: ProviderContext
    ) throws(BrokerError) -> ClientAssertion {
        ClientAssertion(
            issuer: signed.issuer, subject: clientId, audience: .text(issuer),
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

    private static func thumbprint(ofCertificateIn file: String) throws(BrokerError) -> String {
        guard let handle = FileHandle(forReadingAtPath: file),
            let bytes = try? handle.read(upToCount: longestCertificate),
            let document = PEMDocument(String(decoding: bytes, as: UTF8.self)), document.label == "CERTIFICATE"
        else {
            throw .fault("clientAssertion.certificateFile cannot be read as a certificate in PEM form.")
        }
        return Base64URL.encode(HashFunction.sha256.hash(document.bytes))
    }
}
