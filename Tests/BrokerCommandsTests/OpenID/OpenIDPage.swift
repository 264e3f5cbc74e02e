import Crypto
import Foundation
import Subprocess
import Testing

/// The page of an OpenID provider's sandbox, as a person's browser or app opens it.
enum OpenIDPage {
    /// The code that the second person's app gets, with a redirect URI of its own.
    static func code(at report: SandboxProcess.OpenIDReport, verifier: String, nonce: String) async throws -> String {
        let base = try #require(report.authorize_url).split(separator: "/sandbox/")[0]
        let document = try await curl("\(base)/.well-known/openid-configuration", "--cacert", report.ca_file)
        let members = try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any]
        let endpoint = try #require(members?["authorization_endpoint"] as? String)
        let challenge = Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        let answer = try await curl(
            """
            \(endpoint)?response_type=code&client_id=sandbox-client&scope=openid+profile+email&state=s&nonce=\(nonce)\
            &redirect_uri=com.example.app:/callback&code_challenge=\(challenge)&code_challenge_method=S256\
            &sandbox_choice=grace
            """, "--include")
        return String(try #require(answer.firstMatch(of: /Location: com\.example\.app:\/callback\?code=([^&]+)&/)).1)
    }

    /// What curl gets, with these options.
    static func curl(_ url: String, _ options: String...) async throws -> String {
        try await curl(url, options)
    }

    /// What curl gets, with these options.
    static func curl(_ url: String, _ options: [String]) async throws -> String {
        let result = try await Subprocess.run(
            .name("curl"), arguments: Arguments(["--silent", "--max-time", "30", url] + options),
            output: .string(limit: 1 << 20), error: .discarded)
        return result.standardOutput
    }
}
