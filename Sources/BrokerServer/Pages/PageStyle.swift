import Crypto
import Foundation
import IdentityBroker

/// The style of the pages, which is in each of them, and named by its digest: no other style is applied.
///
/// It has none of the characters that HTML escapes, so that a template shows it as it is.
struct PageStyle: Sendable {
    let css: String
    /// `style-src` of a Content-Security-Policy.
    let source: String

    /// - Parameter accent: The color of buttons; nil for the default.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if it is not a color such as `#0b7a75`.
    init(accent: String?) throws(BrokerError) {
        let accent = accent ?? "#0b57d0"
        guard let luminance = Self.luminance(of: accent) else {
            throw .misconfigured("The accent of the login pages must be a color in the form #0b7a75.")
        }
        // Of black and white, one always has a contrast of 4.5 to 1 or more (WCAG 2.2 §1.4.3).
        let label = 1.05 / (luminance + 0.05) >= 4.5 ? "#ffffff" : "#000000"
        css = Self.sheet.replacing("ACCENT", with: accent).replacing("LABEL", with: label)
        source = "'sha256-\(Data(SHA256.hash(data: Array(css.utf8))).base64EncodedString())'"
    }

    /// The relative luminance of a color (WCAG 2.2); nil for any other text.
    private static func luminance(of color: String) -> Double? {
        let digits = Array(color.utf8.dropFirst())
        guard color.utf8.first == UInt8(ascii: "#"), digits.count == 6,
            let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
            !digits.contains(UInt8(ascii: "+")), !digits.contains(UInt8(ascii: "-"))
        else { return nil }
        func linear(_ shift: UInt32) -> Double {
            let value = Double(number >> shift & 255) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
    }

    private static let sheet = """
        :root{color-scheme:light dark;--ground:#f4f5f7;--sheet:#fff;--text:#1b1c1f;--note:#55585f;--line:#7a7d84}
        @media(prefers-color-scheme:dark){:root{--ground:#131417;--sheet:#1e2024;--text:#eceef2;--note:#b4b8c0;--line:#8b8f97}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:30rem;padding:1rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
        header{display:flex;gap:.75rem;align-items:center;padding:.5rem 0}
        header p{margin:0;font-weight:600}
        main{background:var(--sheet);border-radius:1rem;padding:1.5rem}
        h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25}
        h2{margin:1.5rem 0 .5rem;font-size:1.125rem}
        ul{padding-inline-start:1.25rem}
        .choices,.entries{list-style:none;padding:0}
        .choices li{margin-top:.75rem}
        .entries li{margin-top:1rem}
        .entries p{margin:0}
        .note{color:var(--note);font-size:.875rem}
        form{margin-top:1rem}
        .button{display:block;width:100%;margin-top:.75rem;padding:.75rem 1rem;border:1px solid var(--line);border-radius:.625rem;background:transparent;color:inherit;font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
        .field{display:block;width:100%;margin-top:.25rem;padding:.75rem 1rem;border:1px solid var(--line);border-radius:.625rem;background:transparent;color:inherit;font:inherit;letter-spacing:.1em}
        .button.primary{background:ACCENT;border-color:ACCENT;color:LABEL}
        .button:focus-visible,.field:focus-visible{outline:3px solid var(--text);outline-offset:2px}
        .mark{display:inline-block;min-width:1.75em;margin-inline-end:.25rem;border-radius:50%;background:ACCENT;color:LABEL;line-height:1.75}
        @media(min-width:40rem){body{padding-top:12vh}main{padding:2rem}}
        """
}
