@testable import AlipayProvider

/// The files of an app in certificate mode, and the numbers of what is in them.
enum TestCertificates {
    static let app = number(1)
    static let alipay = number(2)
    static let root = number(5)

    /// The files by their paths, which begin with a text.
    static func files(in folder: String = "") throws -> [String: String] {
        let authority = try TestAuthority.rsa()
        return [
            "\(folder)app.crt": try authority.pem(of: TestKey.appPublic, serial: [1]),
            "\(folder)alipay.crt": try authority.pem(of: TestKey.alipayPublic, serial: [2])
                + "\n" + authority.pem(of: TestKey.appPublic, serial: [3]),
            "\(folder)root.crt": try TestAuthority.ecdsa().pem(of: TestKey.appPublic, serial: [4])
                + "\n" + authority.pem(of: TestKey.appPublic, serial: [5]),
        ]
    }

    static func number(_ serial: Int) -> String {
        AlipayCertificate.number(issuer: TestAuthority.issuerText, serial: "\(serial)")
    }
}
