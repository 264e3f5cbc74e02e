import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("The examples of the standards")
struct StandardVectorTests {
    @Test("The thumbprint of RFC 7638 §3.1 comes out")
    func thumbprint() throws {
        let key = try #require(
            JSONWebKey(
                object(
                    """
                    {"kty":"RSA","e":"AQAB","alg":"RS256","kid":"2011-04-29","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps\
                    2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4H\
                    c5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5\
                    hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-\
                    kEgU8awapJzKnqDKgw"}
                    """)))
        #expect(key.thumbprint == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
    }

    @Test("The header of RFC 7519 §3.1 is read")
    func header() throws {
        let header = try #require(Base64URL.decode("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9".utf8))
        #expect(try JSONReader().read(header)["alg"]?.string == "HS256")
    }

    @Test("The signature of RFC 7515 Appendix A.2 verifies, and no longer with one bit changed")
    func rs256() throws {
        let key = try key(
            """
            {"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrc\
            S2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z\
            5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmo\
            udF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}
            """, .rs256)
        try check(
            "eyJhbGciOiJSUzI1NiJ9." + Self.payload,
            signedAs: """
                cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJ\
                dbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN\
                9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXL\
                IhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw
                """, with: key)
    }

    @Test("The signature of RFC 7515 Appendix A.3 verifies, and no longer with one bit changed")
    func es256() throws {
        let key = try key(
            """
            {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
            """, .es256)
        try check(
            "eyJhbGciOiJFUzI1NiJ9." + Self.payload,
            signedAs: "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
            with: key)
    }

    private static let payload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"

    private func check(_ signed: String, signedAs text: String, with key: VerificationKey) throws {
        var signature = try #require(Base64URL.decode(text.utf8))
        #expect(key.isValid(signature, over: Array(signed.utf8)[...]))
        signature[7] ^= 1
        #expect(!key.isValid(signature, over: Array(signed.utf8)[...]))
    }

    /// The key as a key set has it, with the members that the examples leave out.
    private func key(_ text: String, _ algorithm: SigningAlgorithm) throws -> VerificationKey {
        let members = try #require(JSONWebKey(object(text))).members(for: algorithm)
        return try #require(VerificationKey(object(String(decoding: json(members), as: UTF8.self))))
    }

    private func object(_ text: String) throws -> JSONObject {
        try #require(JSONReader().read(text.utf8).object)
    }
}
