import Foundation
import Testing
import WXAppClient

@Suite("A launch request")
struct WXAppLaunchRequestTests {
    private static let userPoolId = "5e4cdd055df3df65dc58b97d"

    @Test("needs only the user pool")
    func defaults() throws {
        let launch = try WXAppLaunchRequest(userPoolId: Self.userPoolId)
        #expect(launch.userName == "gh_a781a791e29e")
        #expect(launch.path == "/routes/explore?userPoolId=5e4cdd055df3df65dc58b97d&fromApp=1&useSelfWxapp=0")
        #expect(launch.miniProgramType == .release)
    }

    @Test("for a phone number has the path of the vendor's sample")
    func vendorsSample() throws {
        let launch = try WXAppLaunchRequest(userPoolId: Self.userPoolId, requestPhone: true)
        #expect(
            launch.path == "/routes/explore?userPoolId=5e4cdd055df3df65dc58b97d&getPhone=1&fromApp=1&useSelfWxapp=0"
        )
    }

    @Test("opens the operator's own mini program")
    func ownMiniProgram() throws {
        let own = try MiniProgram(
            userName: "gh_d43f693ca31f", path: "/routers/explore", useSelfWxapp: true, type: .test)
        let launch = try WXAppLaunchRequest(userPoolId: Self.userPoolId, miniProgram: own)
        #expect(launch.userName == "gh_d43f693ca31f")
        #expect(launch.path == "/routers/explore?userPoolId=5e4cdd055df3df65dc58b97d&fromApp=1&useSelfWxapp=1")
        #expect(launch.miniProgramType == .test)
    }

    @Test(
        "percent-encodes the user pool",
        arguments: [
            ("AZaz09-._~", "AZaz09-._~"),
            ("a&getPhone=1", "a%26getPhone%3D1"),
            ("a+b/c?d#e%20", "a%2Bb%2Fc%3Fd%23e%2520"),
            ("用户池", "%E7%94%A8%E6%88%B7%E6%B1%A0"),
            ("👩🏽", "%F0%9F%91%A9%F0%9F%8F%BD"),
            ("\"<>\\^`{|}'()*!", "%22%3C%3E%5C%5E%60%7B%7C%7D%27%28%29%2A%21"),
        ])
    func encoding(userPoolId: String, encoded: String) throws {
        let launch = try WXAppLaunchRequest(userPoolId: userPoolId)
        #expect(launch.path == "/routes/explore?userPoolId=\(encoded)&fromApp=1&useSelfWxapp=0")
    }

    @Test("has a query that Foundation reads back, whatever the user pool")
    func readBack() throws {
        var random = SplitMix64(seed: 1)
        for _ in 0..<300 {
            let userPoolId = String.random(length: 1...24, using: &random)
            let launch = try WXAppLaunchRequest(userPoolId: userPoolId, requestPhone: true)
            let items = try #require(URLComponents(string: launch.path)?.queryItems)
            #expect(items.map(\.name) == ["userPoolId", "getPhone", "fromApp", "useSelfWxapp"])
            #expect(items.map(\.value) == [userPoolId, "1", "1", "0"])
        }
    }

    @Test(
        "refuses a user pool that is empty or has invisible characters",
        arguments: [
            ("", "empty"),
            (" ", "not_visible"),
            ("5e4cdd05\n", "not_visible"),
            ("5e4c dd05", "not_visible"),
            ("5e4c\u{0}dd05", "not_visible"),
            ("5e4c\u{7F}dd05", "not_visible"),
            ("5e4c\u{85}dd05", "not_visible"),
            ("5e4c\u{A0}dd05", "not_visible"),
            ("5e4c\u{2028}dd05", "not_visible"),
            ("\u{FEFF}5e4cdd05", "not_visible"),
        ])
    func refused(userPoolId: String, code: String) throws {
        let error = try #require(throws: WXAppLaunchError.self) { try WXAppLaunchRequest(userPoolId: userPoolId) }
        #expect(error.code == code)
        #expect(error.parameter == "userPoolId")
    }

    @Test("that is refused names the wrong parameter and what to do, without the value")
    func errorForPeople() throws {
        let error = try #require(throws: WXAppLaunchError.self) { try WXAppLaunchRequest(userPoolId: "5e4c\u{1B}[31m") }
        #expect(
            "\(error)" == "userPoolId has white space, control or other invisible characters in it; remove them."
        )
    }
}

extension String {
    /// Visible characters from ASCII and from the Chinese block.
    fileprivate static func random(length: ClosedRange<Int>, using random: inout SplitMix64) -> String {
        let alphabet = (0x21...0x7E).map { UInt32($0) } + [0x7528, 0x6237, 0x6C60]
        let scalars = (0..<Int.random(in: length, using: &random)).compactMap { _ in
            alphabet.randomElement(using: &random).flatMap(Unicode.Scalar.init)
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
