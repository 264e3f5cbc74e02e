import Crypto
import CryptoExtras
import Foundation

/// The keys of the gateway: its own, with which it signs, and the app's public one.
struct GatewayKeys: Sendable {
    let gateway: _RSA.Signing.PrivateKey
    let app: _RSA.Signing.PublicKey

    /// Makes both key pairs.
    ///
    /// - Returns: The gateway's keys; the app's private key, and the gateway's public one, in Base64.
    static func make() throws -> (gateway: GatewayKeys, appKey: String, alipayKey: String) {
        let (gateway, app) = (
            try _RSA.Signing.PrivateKey(keySize: .bits2048), try _RSA.Signing.PrivateKey(keySize: .bits2048)
        )
        return (
            GatewayKeys(gateway: gateway, app: app.publicKey), app.derRepresentation.base64EncodedString(),
            gateway.publicKey.derRepresentation.base64EncodedString()
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
