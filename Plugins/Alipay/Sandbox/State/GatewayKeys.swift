import Crypto
import CryptoExtras
import Foundation

/// What Alipay's console shows an app's developer, besides the app's own private key.
enum GatewayIdentity: Sendable {
    /// The gateway's public key, in Base64.
    case publicKey(String)
    case certificates(CertificateFiles)
}

/// The keys of the gateway: its own, with which it signs, and the app's public one.
struct GatewayKeys: Sendable {
    let gateway: _RSA.Signing.PrivateKey
    let app: _RSA.Signing.PublicKey
    /// What requests and answers name; nil if keys are exchanged without certificates.
    let numbers: CertificateFiles.Numbers?

    /// Makes both key pairs.
    ///
    /// - Parameter certificateTime: The time at which to issue certificates; nil for none.
    /// - Returns: The gateway's keys; the app's private key, in Base64; and by what the app knows the gateway.
    static func make(
        certificateTime: Date? = nil
    ) throws -> (gateway: GatewayKeys, appKey: String, identity: GatewayIdentity) {
        let (gateway, app) = (
            try _RSA.Signing.PrivateKey(keySize: .bits2048), try _RSA.Signing.PrivateKey(keySize: .bits2048)
        )
        let files = try certificateTime.map {
            try CertificateFiles(app: app.publicKey, alipay: gateway.publicKey, at: $0)
        }
        return (
            GatewayKeys(gateway: gateway, app: app.publicKey, numbers: files?.numbers),
            app.derRepresentation.base64EncodedString(),
            files.map(GatewayIdentity.certificates)
                ?? .publicKey(gateway.publicKey.derRepresentation.base64EncodedString())
        )
    }

    func signature(of text: String) throws -> String {
        try gateway.signature(for: SHA256.hash(data: Array(text.utf8)), padding: .insecurePKCS1v1_5)
            .rawRepresentation.base64EncodedString()
    }

    /// Whether the app signed these parameters.
    func verifies(_ parameters: [String: String]) -> Bool {
        guard let signature = parameters["sign"].flatMap({ Data(base64Encoded: $0) }) else { return false }
        return app.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: signature),
            for: SHA256.hash(data: Array(Self.signedText(of: parameters).utf8)), padding: .insecurePKCS1v1_5)
    }

    /// What an app signs: its parameters that are not empty, by name, without the signature itself.
    static func signedText(of parameters: [String: String]) -> String {
        parameters.filter { $0.key != "sign" && !$0.value.isEmpty }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value)" }.joined(separator: "&")
    }
}
