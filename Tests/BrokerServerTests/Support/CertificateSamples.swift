import BrokerTesting
import Foundation
import LoopbackServer

@testable import BrokerServer

/// Certificates for `localhost` of several kinds, with their keys, valid from 2026 until 2126. They are for tests only.
enum CertificateSamples {
    /// RSA of 512 bits, with which no TLS 1.3 signature can be made.
    static let rsa512 = (
        certificate: """
        -----BEGIN CERTIFICATE-----
        MIIBezCCASWgAwIBAgIUQzDP4fYeYmoaQ0LSHF0rpKCf340wDQYJKoZIhvcNAQEL
        BQAwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTE4MDg0MloYDzIxMjYx
        MTA1MTgwODQyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwXDANBgkqhkiG9w0BAQEF
        AANLADBIAkEAwE6lEFDhCk0dq9aJrvB6blB0NZanpOqKcEq7HVrtBQpQKhlH1NYJ
        nCIT7itDTHuIGLMd11rgi7vAof+8D+DCdQIDAQABo00wSzAdBgNVHQ4EFgQUZcmO
        CIqMx87WyxG4DeI0hAH+yNEwHwYDVR0jBBgwFoAUZcmOCIqMx87WyxG4DeI0hAH+
        yNEwCQYDVR0TBAIwADANBgkqhkiG9w0BAQsFAANBALALobPIbD9Am6pBeOPnsLhL
        dyjmqM/S2OOTJ3mKgBXmR4vga5D97e5rRr3oCrunDfoKybDlpsKDvf1AU+Xslwo=
        -----END CERTIFICATE-----
        """,
        key: """
        -----BEGIN PRIVATE KEY-----
        MIIBVAIBADANBgkqhkiG9w0BAQEFAASCAT4wggE6AgEAAkEAwE6lEFDhCk0dq9aJ
        rvB6blB0NZanpOqKcEq7HVrtBQpQKhlH1NYJnCIT7itDTHuIGLMd11rgi7vAof+8
        D+DCdQIDAQABAkBV+1PGBcN4jZ40lIme1BqJdCNhSmjOTad0KZWbvGm5FGocpa5o
        El98YJ9f5gp+h7HzQJtQlEXVzRQK9cfi7P1JAiEA82KTXwW7LYojyldPDBdz95tJ
        7eJVNrThRpVZ9C5ZsBsCIQDKRlP2No6WrXgPeAZtcGJnR5+chnkEmC+/VJGgdIog
        rwIhAI6N5Ge5waKw0LnJXcFlU0VqLWkqMmMymuhuvhtpspqVAiAvXtEC9DvoZa+c
        T8uRjaQ987QZgBSPUuS7th50qVY/2QIgIyo7GGshFpIGyKxeAyVPPm+sYXGFl8b3
        zkHHuJZWbhQ=
        -----END PRIVATE KEY-----
        """
    )

    /// RSA of 1024 bits.
    static let rsa1024 = (
        certificate: """
        -----BEGIN CERTIFICATE-----
        MIICADCCAWmgAwIBAgIUZBAbYG18N/K79M30lQZZPCc7lAkwDQYJKoZIhvcNAQEL
        BQAwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTE4MDg0MloYDzIxMjYx
        MTA1MTgwODQyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwgZ8wDQYJKoZIhvcNAQEB
        BQADgY0AMIGJAoGBALQUc8A0tCKr3Xy9UkUtEIlZ96+uNW6+cbPSu3F9sFo3D0jM
        mIUckFyafqNds/l0CV4OZqLZKolYUugQUZe0hK+q92JlNLAccn5SkO3A0v6nLbsy
        1SmmM6HiMnBhV0MLyj0IFhROgELFmIA68ZO2naRBUQ5+JBtaEYNnltN+GY3VAgMB
        AAGjTTBLMB0GA1UdDgQWBBQGVjW3zsoYaFzl3nXmUgmuYyKkkzAfBgNVHSMEGDAW
        gBQGVjW3zsoYaFzl3nXmUgmuYyKkkzAJBgNVHRMEAjAAMA0GCSqGSIb3DQEBCwUA
        A4GBAKG3yqkAYTO+wErwd/A/Td9pMFSrdEm+qPnoiKbKfGv7FbuHI5k0vruuT85q
        TvBL0czzkJjmn3wFV8SaVMZIIjL7Dtx6Z2ICevYm+cKbkEr04cjVh9ZHF+BStEUH
        mxht49HAzkBOc18LqLavi1Aw4dCXJJcrMoIFN+GW8oVTUDEg
        -----END CERTIFICATE-----
        """,
        key: """
        -----BEGIN PRIVATE KEY-----
        MIICdQIBADANBgkqhkiG9w0BAQEFAASCAl8wggJbAgEAAoGBALQUc8A0tCKr3Xy9
        UkUtEIlZ96+uNW6+cbPSu3F9sFo3D0jMmIUckFyafqNds/l0CV4OZqLZKolYUugQ
        UZe0hK+q92JlNLAccn5SkO3A0v6nLbsy1SmmM6HiMnBhV0MLyj0IFhROgELFmIA6
        8ZO2naRBUQ5+JBtaEYNnltN+GY3VAgMBAAECgYAwEQl4c1jlrEQ5aHtONaIlV1tS
        jEh8396Pph8cQvVQj0PIJbxMQ3yRCzfkOT2xxvQ9I9DnhNniwS2X/csZmDiWC+ow
        3eSDgHEuDW8o1hZV0++Xbd2h1DzhDF/Rdnv70HwmYH364y27LT9FqCblpydKUGfo
        eE+/jAKsxwLvKs8FXQJBAO4vCPFw7G8/RyCO7vREdOzQpc4cbUInN+c3x517i0KU
        O8kR7/MWHM9UMkFSKYLS/X7nynWzsTwzGrp7aO6LOY8CQQDBjMpexfunZRUeDtci
        2n3tvSr496scBanP4fktQ3T807yZ70SM7bEiu/jArAwWa9BAoT6G9xUjWnuPJ5bo
        JmhbAkAKct/Gj7ifjLwXDo4nAxXKCcEsUIzueP/30bedDf1m90/EG1hWZqLu6Xem
        6+7MQWtDdPGpxi9BP9CtW5qX1F27AkAuXeANHDjRPTH15XA8dUM9tNealRp0uBaa
        KnRbF5HrD35bEirF6BtLSuSoo46xwFo/YWFtS7vQoFiBTuaj7q+JAkA1jQyIhmWh
        irxjcXZ3/eNsIl7SGYo30I1g9IV5avaxfB4VntEjlxdXzT1GiTKP7wIKkxN7EKla
        M2CTja4RtXGt
        -----END PRIVATE KEY-----
        """
    )

    /// Signed with SHA-1 by an authority.
    static let sha1 = (
        certificate: """
        -----BEGIN CERTIFICATE-----
        MIIBEDCBtwIBejAJBgcqhkjOPQQBMBQxEjAQBgNVBAMMCUF1dGhvcml0eTAgFw0y
        NjExMjkxODA4NDJaGA8yMTI2MTEwNTE4MDg0MlowFDESMBAGA1UEAwwJbG9jYWxo
        b3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5uzFYndI4O03ijglRSYF7GvM
        8CpELJgaEkJVYtSScokyI4CQdnx+Z6I/hMYRs5ahRnp0yIK/uJm5jUe4pZZweDAJ
        BgcqhkjOPQQBA0kAMEYCIQD9cs4qJHdV2nVS/SFkptDSd77qchgyDvW/l7JUp4YO
        vwIhAJNJrkboEp7imdSb69tJH9oLhttHfbYm5upyJlP/DXWi
        -----END CERTIFICATE-----
        """,
        key: """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4rl5IjIEDEzNOsKQ
        fEZAFdSLJ/87PGMj0RhoWOlwBVyhRANCAATm7MVid0jg7TeKOCVFJgXsa8zwKkQs
        mBoSQlVi1JJyiTIjgJB2fH5noj+ExhGzlqFGenTIgr+4mbmNR7illnB4
        -----END PRIVATE KEY-----
        """
    )

    /// Signed with SHA-1 by its own key, as an old authority's is.
    static let selfSignedSHA1 = (
        certificate: """
        -----BEGIN CERTIFICATE-----
        MIIBdzCCAR6gAwIBAgIUEr9MHYGYSSwdC7CgBEtCAjGNh5EwCQYHKoZIzj0EATAU
        MRIwEAYDVQQDDAlsb2NhbGhvc3QwIBcNMjYxMTI5MTgwODQyWhgPMjEyNjExMDUx
        ODA4NDJaMBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49
        AwEHA0IABJqwbgo+U6Kitm4sxl6myyv9gi2eb6Pr2HfsHx5kbWnjTMMO/XXoDdbx
        1nUVp9VlQVYZssswjoDfzF5ECcc1ZIejTTBLMB0GA1UdDgQWBBQoB8ZXKZjhbtPP
        T8LNfcvrhckoGjAfBgNVHSMEGDAWgBQoB8ZXKZjhbtPPT8LNfcvrhckoGjAJBgNV
        HRMEAjAAMAkGByqGSM49BAEDSAAwRQIgO70/DIVjtn6Xlc1r400AfegvzuWU6PEk
        KE76FFHwwtICIQD/PN5bfX76hEdG4bz+UzVijslWiUzuDY4V28aD7OJENg==
        -----END CERTIFICATE-----
        """,
        key: """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg80eyOKaLMSjP1PkQ
        UCH0Jq2GE2xgBkMxlCXOCSUVOPuhRANCAASasG4KPlOiorZuLMZepssr/YItnm+j
        69h37B8eZG1p40zDDv116A3W8dZ1FafVZUFWGbLLMI6A38xeRAnHNWSH
        -----END PRIVATE KEY-----
        """
    )

    /// Ed25519.
    static let ed25519 = (
        certificate: """
        -----BEGIN CERTIFICATE-----
        MIIBODCB66ADAgECAhRWj4Us2se3A15xdJXQUqU8yHttgDAFBgMrZXAwFDESMBAG
        A1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTE4MDg0MloYDzIxMjYxMTA1MTgwODQy
        WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwKjAFBgMrZXADIQAd3oGNxT/CAPRRHMoQ
        z0NjayvbrhQL6utUAlTjN+gdf6NNMEswHQYDVR0OBBYEFMgCW/UggDK8yUCkuc+o
        GkxYGtnCMB8GA1UdIwQYMBaAFMgCW/UggDK8yUCkuc+oGkxYGtnCMAkGA1UdEwQC
        MAAwBQYDK2VwA0EA2rP3YfI1YPMdN9YBpoRMQJtoulWSaHT3r9bC0eqXQCd1VTMx
        38NuIUMLsWRe5YWYHITFFa43J560Jlqabu/TAQ==
        -----END CERTIFICATE-----
        """,
        key: """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIESsbfyS1aKevKY7Y7vFoIhbUGewAwxvAjXuJHeDCQJq
        -----END PRIVATE KEY-----
        """
    )

    /// ECDSA P-521.
    static let p521 = (
        certificate: """
        -----BEGIN CERTIFICATE-----
        MIICATCCAWKgAwIBAgIUX79dvXqzb5G0xzB9ElRhgsMSzWwwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTE4MDg0MloYDzIxMjYxMTA1
        MTgwODQyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwgZswEAYHKoZIzj0CAQYFK4EE
        ACMDgYYABADopeBAzuL56o3h8hh7q3qvCrZ8RCGR6+XzfQ6nrxaMx7PHqrkMgV2u
        wijsBU2QNVLN5WJWq28ngmcfyYa2lPYaVAExAqehWs0w1vYNfKpEPdwq4785UCLq
        effCsKfhtxivxx8sgmsOlgLqIvQHoTgYKJVd/HJeoGlk7O4sbg89LRNPjqNNMEsw
        HQYDVR0OBBYEFJ/R8o3KD5SfVpQjcg3RnWVDRgl0MB8GA1UdIwQYMBaAFJ/R8o3K
        D5SfVpQjcg3RnWVDRgl0MAkGA1UdEwQCMAAwCgYIKoZIzj0EAwIDgYwAMIGIAkIB
        jyCuffuZliX66I9ynbdNAxUnCZ7cMIe8/73oxYLy5FrGftojeNpQrnt2JKj57i8r
        YfhMXYk+3r8OJnmjEL02tbcCQgD0d5zpuDUn+OxeUdTIOfWT77F1b1Mfe8OkbHLc
        vn3+sJPzPOI2BmRdFRIqiFF6RtAff282Wgl8cQkHtZekCR2SOg==
        -----END CERTIFICATE-----
        """,
        key: """
        -----BEGIN PRIVATE KEY-----
        MIHuAgEAMBAGByqGSM49AgEGBSuBBAAjBIHWMIHTAgEBBEIBOCTildXTMEjehHu4
        n6qJgKsa1gpU8DPK8d5R38E0AgBM+3QNWw+9Pfg6Qy61LxO20aA9G07Xa5QelhYy
        7FaB51+hgYkDgYYABADopeBAzuL56o3h8hh7q3qvCrZ8RCGR6+XzfQ6nrxaMx7PH
        qrkMgV2uwijsBU2QNVLN5WJWq28ngmcfyYa2lPYaVAExAqehWs0w1vYNfKpEPdwq
        4785UCLqeffCsKfhtxivxx8sgmsOlgLqIvQHoTgYKJVd/HJeoGlk7O4sbg89LRNP
        jg==
        -----END PRIVATE KEY-----
        """
    )
}

extension ServingCertificate {
    /// A new certificate for `localhost`, and the TLS settings of a client that trusts it.
    static func ephemeral() throws -> (certificate: ServingCertificate, client: ClientTLS) {
        let authority = try EphemeralCertificateAuthority()
        let issued = try authority.issueServerCertificate(dnsNames: ["localhost"])
        let folder = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (file, key) = (folder.appending(path: "a.pem"), folder.appending(path: "a.key"))
        try Data(issued.certificatePEM.utf8).write(to: file)
        try Data(issued.privateKeyPEM.utf8).write(to: key)
        let certificate = try ServingCertificate(certificateFile: file.path(), keyFile: key.path())
        return (certificate, try ClientTLS(trusting: authority.certificatePEM))
    }
}
