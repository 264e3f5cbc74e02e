import CryptoExtras
import IdentityBroker

/// What the app signs with, and what Alipay's answers are verified with.
struct Keys: Sendable {
    /// What a request says of certificates: their serial numbers (`app_cert_sn`, `alipay_root_cert_sn`).
    struct CertificateNumbers: Sendable, Hashable {
        let app: String
        let root: String
        /// The one that answers name, if they name one (`alipay_cert_sn`).
        let alipay: String
    }

    let app: _RSA.Signing.PrivateKey
    let alipay: _RSA.Signing.PublicKey
    /// Nil if keys are exchanged without certificates.
    let certificates: CertificateNumbers?

    /// - Throws: ``BrokerError`` of kind `misconfigured`.
    init(_ settings: AlipayProvider.Settings, in context: ProviderContext) throws(BrokerError) {
        app = try Self.privateKey(in: try context.resolve(settings.privateKey))
        let files = [settings.appCertificate, settings.alipayCertificate, settings.rootCertificate]
        switch (settings.alipayPublicKey, files[0], files[1], files[2]) {
        case (let key?, nil, nil, nil):
            alipay = try Self.publicKey(in: try context.resolve(key))
            certificates = nil
        case (nil, let appFile?, let alipayFile?, let rootFile?):
            let numbers = try Self.certificates(appFile, alipayFile, rootFile, in: context)
            guard numbers.appKey.derRepresentation == app.publicKey.derRepresentation else {
                throw .misconfigured(
                    "appCertificate certifies another key than privateKey. Set both to the files of one certificate request."
                )
            }
            (alipay, certificates) = (numbers.alipayKey, numbers.numbers)
        default:
            throw .misconfigured(
                """
                Alipay's answers are verified with alipayPublicKey, or in certificate mode with appCertificate, \
                alipayCertificate and rootCertificate together. Set the one, or the three.
                """)
        }
        guard alipay.derRepresentation != app.publicKey.derRepresentation else {
            throw .misconfigured(
                """
                What should be Alipay's public key is the app's own. Take the key that the console shows as Alipay's \
                (支付宝公钥), after you uploaded the app's.
                """)
        }
    }

    private static func privateKey(in text: Secret) throws(BrokerError) -> _RSA.Signing.PrivateKey {
        guard let der = KeyText.der(of: text, labels: ["PRIVATE KEY", "RSA PRIVATE KEY"]),
            let key = try? _RSA.Signing.PrivateKey(derRepresentation: der)
        else {
            throw .misconfigured(
                """
                privateKey is not an RSA private key of 2048 bits or more, unencrypted, in PEM form or in Base64 (PKCS #8 or \
                PKCS #1). Take the app's private key (应用私钥) as Alipay's key tool saved it.
                """)
        }
        return key
    }

    private static func publicKey(in text: Secret) throws(BrokerError) -> _RSA.Signing.PublicKey {
        guard let der = KeyText.der(of: text, labels: ["PUBLIC KEY", "RSA PUBLIC KEY"]),
            let key = try? _RSA.Signing.PublicKey(derRepresentation: der)
        else {
            throw .misconfigured(
                """
                alipayPublicKey is not an RSA public key of 2048 bits or more, in PEM form or in Base64. Copy Alipay's public \
                key (支付宝公钥) from Alipay's console.
                """)
        }
        return key
    }

    private static func certificates(
        _ appFile: String,
        _ alipayFile: String,
        _ rootFile: String,
        in context: ProviderContext
    ) throws(BrokerError) -> (
        appKey: _RSA.Signing.PublicKey, alipayKey: _RSA.Signing.PublicKey, numbers: CertificateNumbers
    ) {
        func certificates(_ file: String, _ setting: String) throws(BrokerError) -> [AlipayCertificate] {
            guard let all = AlipayCertificate.all(in: try context.resolve(.file(file)).reveal()), !all.isEmpty else {
                throw .misconfigured(
                    "\(setting) is not a file of whole certificates in PEM form. Download it from Alipay's console again."
                )
            }
            return all
        }
        func first(_ file: String, _ setting: String) throws(BrokerError) -> (_RSA.Signing.PublicKey, String) {
            // Those of the authorities may follow.
            guard let certificate = try certificates(file, setting).first, let number = certificate.number,
                let key = try? _RSA.Signing.PublicKey(derRepresentation: certificate.subjectPublicKey)
            else { throw .misconfigured("\(setting) is not a certificate of an RSA key of 2048 bits or more.") }
            return (key, number)
        }
        let (app, alipay) = (try first(appFile, "appCertificate"), try first(alipayFile, "alipayCertificate"))
        guard let root = AlipayCertificate.rootNumber(of: try certificates(rootFile, "rootCertificate")) else {
            throw .misconfigured(
                """
                rootCertificate is not Alipay's bundle of root certificates: none in it is signed with RSA, or one that is has \
                an issuer with attributes that Alipay's do not have. Download alipayRootCert.crt again.
                """)
        }
        return (app.0, alipay.0, CertificateNumbers(app: app.1, root: root, alipay: alipay.1))
    }
}

extension Keys: CustomReflectable {
    /// A mirror without children.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
