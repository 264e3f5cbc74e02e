import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import AlipayProvider

@Suite("Certificates")
struct CertificateTests {
    /// What Alipay's own client for Node.js expects of its test certificates (alipay-sdk-nodejs-all).
    @Test(
        "have the numbers that Alipay's client computes",
        arguments: [
            (1, "42701552708448241360226107228231049510", "866efef280dec9137a87d047ac446315"),
            (2, "42701552432456004857627230056898180491", "7513daaaa48aa3ba2e4018d84402479c"),
        ])
    func numbers(number: Int, serial: String, expected: String) {
        let issuer = TestAuthority.issuerText.replacing("Class 1", with: "Class \(number)")
        #expect(AlipayCertificate.number(issuer: issuer, serial: serial) == expected)
    }

    /// The roots that are signed with RSA in the bundle that Alipay publishes (alipayRootCert.crt), and its number.
    @Test("of the published bundle have the number that Alipay's clients send")
    func publishedRoots() {
        let roots: [(String, [UInt8])] = [
            (
                "CN=Ant Financial Certification Authority R1,OU=Certification Authority,O=Ant Financial,C=CN",
                [0x1F, 0xCF, 0xA1, 0x8D, 0x6A, 0x48, 0x0D, 0x11]
            ),
            (
                "CN=iTrusChina Class 2 Root CA - G3,OU=China Trust Network,O=iTrusChina,C=CN",
                [
                    0x10, 0xC7, 0x64, 0xE9, 0xD5, 0x60, 0x38, 0x42, 0x12, 0xD9, 0xC0, 0x8F, 0xD1, 0x0E, 0x37, 0x3F,
                    0xDD,
                    0x0F, 0xB3, 0x96,
                ]
            ),
        ]
        let numbers = roots.map { AlipayCertificate.number(issuer: $0.0, serial: AlipayCertificate.decimal($0.1)) }
        #expect(
            numbers.joined(separator: "_") == "687b59193f3f462dd5336e5abf83c5d8_02941eef3187dddf3d3b83462e1dfcf6")
    }

    @Test(
        "have their serial number in decimal digits",
        arguments: [
            ([], "0"), ([0], "0"), ([0, 0, 7], "7"), ([255], "255"), ([1, 0], "256"),
            ([0x3B, 0x9A, 0xCA, 0x00], "1000000000"),
            ([0x3B, 0x9A, 0xC9, 0xFF], "999999999"),
            ([1] + [UInt8](repeating: 0, count: 16), "340282366920938463463374607431768211456"),
            ([UInt8](repeating: 0xFF, count: 20), "1461501637330902918203684832716283019655932542975"),
            (
                [0x20, 0x20, 0x05, 0x18, 0x62, 0x03, 0x9D, 0x40, 0x90, 0x89, 0x7B, 0xA4, 0xD5, 0x1C, 0x21, 0x26],
                "42701552708448241360226107228231049510"
            ),
        ] as [([UInt8], String)])
    func decimals(bytes: [UInt8], text: String) {
        #expect(AlipayCertificate.decimal(bytes) == text)
    }

    private static let serial: [UInt8] = [
        0x20, 0x20, 0x05, 0x18, 0x62, 0x03, 0x9D, 0x40, 0x90, 0x89, 0x7B, 0xA4, 0xD5, 0x1C, 0x21, 0x26,
    ]

    @Test("are read with issuer, serial number and key")
    func read() throws {
        let pem = try TestAuthority.rsa().pem(of: TestKey.appPublic, serial: Self.serial)
        let all = try #require(
            AlipayCertificate.all(in: "bag attributes\r\n\(pem.replacing("\n", with: "\r\n"))\r\n\(pem)"))
        #expect(all.count == 2)
        #expect(AlipayCertificate.issuerText(all[0].issuer) == TestAuthority.issuerText)
        #expect(all[0].number == "866efef280dec9137a87d047ac446315")
        #expect(Data(all[0].subjectPublicKey).base64EncodedString() == TestKey.appPublic)
    }

    @Test("have an issuer whose special characters are escaped")
    func escapes() throws {
        let name = try TestAuthority.name(#" #a,b+c"d\e<f>g;h "#)
        let pem = try TestAuthority.rsa(name).pem(of: TestKey.appPublic, serial: [1])
        let certificate = try #require(AlipayCertificate.all(in: pem)?.first)
        let text = #"CN=\ #a\,b\+c\"d\\e\<f\>g\;h\ ,OU=Certification Authority,O=Ant Financial,C=CN"#
        #expect(AlipayCertificate.issuerText(certificate.issuer) == text)
    }

    @Test("of a bundle count if they are signed with RSA, in their order")
    func bundle() throws {
        let (rsa, ecdsa) = (try TestAuthority.rsa(), try TestAuthority.ecdsa())
        let text = [
            try ecdsa.pem(of: TestKey.appPublic, serial: [9]), try rsa.pem(of: TestKey.appPublic, serial: Self.serial),
            try ecdsa.pem(of: TestKey.appPublic, serial: [8]), try rsa.pem(of: TestKey.alipayPublic, serial: [7]),
        ].joined(separator: "\n")
        let number = AlipayCertificate.rootNumber(of: try #require(AlipayCertificate.all(in: text)))
        let second = AlipayCertificate.number(issuer: TestAuthority.issuerText, serial: "7")
        #expect(number == "866efef280dec9137a87d047ac446315_\(second)")
        #expect(AlipayCertificate.rootNumber(of: []) == nil)
    }

    @Test(
        "that cannot be read are none",
        arguments: [
            "", "no PEM", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----", "-----END CERTIFICATE-----",
        ])
    func unreadable(text: String) {
        #expect(AlipayCertificate.all(in: text)?.isEmpty != false)
    }

    @Test("of a file that is cut off are none, wherever it is cut", arguments: [1, 20, 200, 900])
    func cutFile(missing: Int) throws {
        let pem = try TestAuthority.rsa().pem(of: TestKey.appPublic, serial: Self.serial)
        let text = "\(pem)\n\(pem)"
        #expect(AlipayCertificate.all(in: text)?.count == 2)
        #expect(AlipayCertificate.all(in: String(text.dropLast(missing))) == nil)
        let joined = "\(pem.dropLast(missing))\n\(pem)"
        #expect(AlipayCertificate.all(in: joined) == nil)
    }

    @Test("are read within bounds, whatever is cut off")
    func cut() throws {
        let der = try #require(
            AlipayCertificate.all(in: try TestAuthority.rsa().pem(of: TestKey.appPublic, serial: Self.serial))?.first)
        #expect(!der.subjectPublicKey.isEmpty)
        let pem = try TestAuthority.rsa().pem(of: TestKey.appPublic, serial: Self.serial)
        let bytes = Array(try #require(Data(base64Encoded: pem.split(separator: "\n").dropFirst().dropLast().joined())))
        for count in bytes.indices {
            #expect(throws: (any Error).self) { try AlipayCertificate(der: Array(bytes[..<count])) }
        }
    }
}

@Suite("Certificate mode")
struct CertificateModeTests {
    /// A login with these files.
    private func scenario(_ files: [String: String]) -> Scenario {
        Scenario { scenario in
            scenario.settings.alipayPublicKey = nil
            scenario.settings.appCertificate = "app.crt"
            scenario.settings.alipayCertificate = "alipay.crt"
            scenario.settings.rootCertificate = "root.crt"
            scenario.resolver = SecretResolver(environment: { _ in nil }) { path in
                guard let text = files[path] else { throw NoSuchFile() }
                return Array(text.utf8)
            }
        }
    }

    private struct NoSuchFile: Error {}

    @Test("names the certificates in each request, and verifies answers with Alipay's")
    func login() async throws {
        let desk = try scenario(try TestCertificates.files()).desk()
        #expect(try await desk.redirect().subject == Scenario.openId)
        #expect(desk.transport.requests.count == 2)
        for request in desk.transport.requests {
            #expect(request.form["app_cert_sn"] == TestCertificates.app)
            #expect(request.form["alipay_root_cert_sn"] == TestCertificates.root)
        }
    }

    @Test("says so if Alipay has another certificate by now")
    func rotated() async throws {
        let scenario = scenario(try TestCertificates.files())
        let name = Scenario.name(of: "token")
        for (serial, hint) in [
            (TestCertificates.alipay, "does not verify"), (TestCertificates.number(9), "another certificate"),
        ] {
            let body = try Scenario.signed(
                Scenario.token, as: name, more: #","alipay_cert_sn":"\#(serial)""#, by: TestKey.other)
            let error = await scenario.answering("token", body).failure()
            #expect(error?.kind == .upstreamMisbehaved)
            #expect(error?.message.contains(hint) == true)
        }
        let body = try Scenario.signed(
            Scenario.token, as: name, more: #","alipay_cert_sn":"\#(TestCertificates.alipay)""#)
        #expect(await scenario.answering("token", body).failure() == nil)
    }

    @Test("is refused with a file that is not what it should be")
    func wrongFiles() async throws {
        let (good, authority) = (try TestCertificates.files(), try TestAuthority.rsa())
        let changes: [(String, String?, String)] = [
            ("app.crt", nil, "app.crt"), ("app.crt", "no certificate", "appCertificate"),
            ("app.crt", good["alipay.crt"], "appCertificate"),
            ("app.crt", try authority.pem(of: TestKey.shortPublic, serial: [1]), "appCertificate"),
            ("alipay.crt", TestKey.pem("PUBLIC KEY", TestKey.alipayPublic), "alipayCertificate"),
            ("alipay.crt", good["app.crt"], "the app's own"),
            ("root.crt", try TestAuthority.ecdsa().pem(of: TestKey.appPublic, serial: [4]), "rootCertificate"),
            ("root.crt", TestKey.pem("PUBLIC KEY", TestKey.alipayPublic), "rootCertificate"),
        ]
        for (file, text, word) in changes {
            var files = good
            files[file] = text
            let scenario = scenario(files)
            let error = await Scenario.failure { _ = try scenario.app() }
            #expect(error?.kind == .misconfigured, "\(file)")
            #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
        }
    }

    @Test("takes all three certificates, and no public key besides")
    func modes() async throws {
        let files = try TestCertificates.files()
        let changes: [(inout AlipayProvider.Settings) -> Void] = [
            { $0.appCertificate = nil }, { $0.alipayCertificate = nil }, { $0.rootCertificate = nil },
            { ($0.appCertificate, $0.alipayCertificate, $0.rootCertificate) = (nil, nil, nil) },
            { $0.alipayPublicKey = .literal(Secret(TestKey.alipayPublic)) },
        ]
        for change in changes {
            var scenario = scenario(files)
            change(&scenario.settings)
            let error = await Scenario.failure { [scenario] in _ = try scenario.app() }
            #expect(error?.kind == .misconfigured)
            #expect(error?.message.contains("alipayPublicKey") == true)
        }
    }
}
