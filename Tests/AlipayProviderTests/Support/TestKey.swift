/// Keys that were made for these tests, in Base64 as Alipay's console shows them.
enum TestKey {
    /// The app's private key, as PKCS #8.
    static let app = """
        MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDhL6QPz1Z8ZV8YO+9yyVHCA3UH5KonoIUGGL0yiwR+iO8oPhX/0sfoJ5CcgNbG\
        BWVEtd24Ts6Vqgesp4BWMF2AIwjf9A127S9CGumffXmBBwOKJTbYuPS5KoiMgpcMiRYITQ5T624ef/6le6l0AXFei+D/66rgyHbU/q5OUEbqlRVS\
        m4H77aiSQDFQ2pEk5DgHrFbLynHoF1NwlO2G2Ms/gIKY5LzMlf19P8elmdtlu7ciA+f0/pdDrBH6K7UAL2quphZxm5URCRraK4RxTSZ1jKyXbuLs\
        tf/pMGURjGv+J4fe7WuN6LL7uN4y1m4r0BTihq1tFk3Gd2V9EmOAdMj7AgMBAAECggEAN813AgX24Ce8y4Qav968uG/j4ftb4SsJm+uoguxpRjQH\
        0/iiuf0RVensD6Rr1LGEmWTaF3DMB9GVSkdN6c3ddcH40oqnhYecVOzXZRMSd5N14Jd9QnJ/Dp3ILc20wcH86Dy0Jr6qULuWLor5AIrU/cF7FeBg\
        PYjfzcN5DWYeVMX6+T0X5YfxKlB1B+n7b1sbQU8Gs/3MCbBg9rgEXEOvhhqYPjfCZjRgsufiNjKDFmu3u0yLjk0JnTEUveq7NK9D/y5TtRwt85vM\
        fF6ZLD4Pw/cyNA8bUanGZ48HvoBJaQuCB64slDOafwzOSilOQymnDyJ+fZ/30LP4RcuZEdQXVQKBgQD0PVTmXbLTqcTQ+PMgTqUh7Ii5gfD2RDA1\
        8Xye9a6KBZY5wrnM/o3ristBiUacZATF6iW76UFppZwP5pSZyoH9+HaFqin/oOLPd7ruFs3TQc+fw/lO5/EGXNOl9dJE8PhOa1cyJnY+I8v27ww2\
        oyIxW1IpdiBY/EtA1VXt7WlSfQKBgQDsB3FS2pTL1x/4AnvcOa3eDcyUFyfRKbd8FsyIWZl7d1eKa/jQ9QJbhkuuD5PEiWHp9YZPoCGG9XczuOnm\
        W4JdcCc+kVzGiRUyrFv+AYrvM2h2fVtHijXMP3SRTujJ+SimaSP8OMMMwe5hN1v2oUdiz3JH8+1RqbpBZR2Z7Ngq1wKBgQCKQx4Iuwo84GJWmlen\
        9l1s8uYDfhfWkYtpPid6JUKFR9xfHmjoL0JQEOY3V2rtpYE+OOrbkZRCJkpOhg2hcg5co4cU69uSppU/NVxQ4//ok9zhaKN9k7fSDkKSNLKv7Gnk\
        msdl0HgnfUQ9qd2UII1+u1+rsP9m4IwJS7u1USzKUQKBgQC8CTXkDxVpy6nBWKE6ko0MkavA8y2aegSejD9IBTG8ZhhMw7YHKppFNhlGw0wy0Ew8\
        KollGCp9rULY5uEYzyBttjLdqsrhtEY6B4yGMM5xwF/hvf6hYN95J7iDJv1YIvKamLq9bq8dk8aIlqTiOBx6ANCHuDIB1Bj5jkfl4AVbIwKBgBK5\
        EGnhN128CaWjSf+C2vlqXD0uXEB5a/6KkKByCEx8zkhnlsqETgy2e5L7fO7yBExCR13N8FTvzvhLC+v+7JWRhuFHYcoxFKM/U8QWCQA64mvPP9P6\
        e4ONMxn31cNelxzhl6s9OX8EoKDHUFLgcOsowq3ICqzxPnRjMWDXt+pG
        """

    /// The same as PKCS #1.
    static let appAsPKCS1 = """
        MIIEpAIBAAKCAQEA4S+kD89WfGVfGDvvcslRwgN1B+SqJ6CFBhi9MosEfojvKD4V/9LH6CeQnIDWxgVlRLXduE7OlaoHrKeAVjBdgCMI3/QNdu0v\
        Qhrpn315gQcDiiU22Lj0uSqIjIKXDIkWCE0OU+tuHn/+pXupdAFxXovg/+uq4Mh21P6uTlBG6pUVUpuB++2okkAxUNqRJOQ4B6xWy8px6BdTcJTt\
        htjLP4CCmOS8zJX9fT/HpZnbZbu3IgPn9P6XQ6wR+iu1AC9qrqYWcZuVEQka2iuEcU0mdYysl27i7LX/6TBlEYxr/ieH3u1rjeiy+7jeMtZuK9AU\
        4oatbRZNxndlfRJjgHTI+wIDAQABAoIBADfNdwIF9uAnvMuEGr/evLhv4+H7W+ErCZvrqILsaUY0B9P4orn9EVXp7A+ka9SxhJlk2hdwzAfRlUpH\
        TenN3XXB+NKKp4WHnFTs12UTEneTdeCXfUJyfw6dyC3NtMHB/Og8tCa+qlC7li6K+QCK1P3BexXgYD2I383DeQ1mHlTF+vk9F+WH8SpQdQfp+29b\
        G0FPBrP9zAmwYPa4BFxDr4YamD43wmY0YLLn4jYygxZrt7tMi45NCZ0xFL3quzSvQ/8uU7UcLfObzHxemSw+D8P3MjQPG1GpxmePB76ASWkLggeu\
        LJQzmn8MzkopTkMppw8ifn2f99Cz+EXLmRHUF1UCgYEA9D1U5l2y06nE0PjzIE6lIeyIuYHw9kQwNfF8nvWuigWWOcK5zP6N64rLQYlGnGQExeol\
        u+lBaaWcD+aUmcqB/fh2haop/6Diz3e67hbN00HPn8P5TufxBlzTpfXSRPD4TmtXMiZ2PiPL9u8MNqMiMVtSKXYgWPxLQNVV7e1pUn0CgYEA7Adx\
        UtqUy9cf+AJ73Dmt3g3MlBcn0Sm3fBbMiFmZe3dXimv40PUCW4ZLrg+TxIlh6fWGT6AhhvV3M7jp5luCXXAnPpFcxokVMqxb/gGK7zNodn1bR4o1\
        zD90kU7oyfkopmkj/DjDDMHuYTdb9qFHYs9yR/PtUam6QWUdmezYKtcCgYEAikMeCLsKPOBiVppXp/ZdbPLmA34X1pGLaT4neiVChUfcXx5o6C9C\
        UBDmN1dq7aWBPjjq25GUQiZKToYNoXIOXKOHFOvbkqaVPzVcUOP/6JPc4WijfZO30g5CkjSyr+xp5JrHZdB4J31EPandlCCNfrtfq7D/ZuCMCUu7\
        tVEsylECgYEAvAk15A8VacupwVihOpKNDJGrwPMtmnoEnow/SAUxvGYYTMO2ByqaRTYZRsNMMtBMPCqJZRgqfa1C2ObhGM8gbbYy3arK4bRGOgeM\
        hjDOccBf4b3+oWDfeSe4gyb9WCLympi6vW6vHZPGiJak4jgcegDQh7gyAdQY+Y5H5eAFWyMCgYASuRBp4TddvAmlo0n/gtr5alw9LlxAeWv+ipCg\
        cghMfM5IZ5bKhE4MtnuS+3zu8gRMQkddzfBU7874Swvr/uyVkYbhR2HKMRSjP1PEFgkAOuJrzz/T+nuDjTMZ99XDXpcc4ZerPTl/BKCgx1BS4HDr\
        KMKtyAqs8T50YzFg17fqRg==
        """

    /// Its public key.
    static let appPublic = """
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA4S+kD89WfGVfGDvvcslRwgN1B+SqJ6CFBhi9MosEfojvKD4V/9LH6CeQnIDWxgVlRLXd\
        uE7OlaoHrKeAVjBdgCMI3/QNdu0vQhrpn315gQcDiiU22Lj0uSqIjIKXDIkWCE0OU+tuHn/+pXupdAFxXovg/+uq4Mh21P6uTlBG6pUVUpuB++2o\
        kkAxUNqRJOQ4B6xWy8px6BdTcJTthtjLP4CCmOS8zJX9fT/HpZnbZbu3IgPn9P6XQ6wR+iu1AC9qrqYWcZuVEQka2iuEcU0mdYysl27i7LX/6TBl\
        EYxr/ieH3u1rjeiy+7jeMtZuK9AU4oatbRZNxndlfRJjgHTI+wIDAQAB
        """

    /// The key with which these tests sign in Alipay's place.
    static let alipay = """
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCSVoBPsJkFOgxunKeDr1oFvXqvsNI3LfczSrTrz9LTodt0Gs/bTNckQihEZAN/\
        vn8SquuU+6oL14q1IjVfFU1BgKghAPG5CVcTDMwP41W8XI7V6VR3cfa6FeyvC7CkFC8NX9Mn6MDZBI64g+g9vmSr1h4nj0Uqlpt+N1wXlOCo8F3o\
        QBGo7esJPZhtkaTirsV82wM5EU2JKqEyG46tzQLRKoOmgS2qBzaE1rCtGvF/QpS3u5kEBrzAXBpixgoWzaRicyokgAQnPdqnLzx4fYvw4Hn2KaDs\
        6cVOzQaSSXrZ8T0UFfTPs1vCZP+9+n7n9WmrkZzhMKc9E4/NNx2UfX7JAgMBAAECggEABj7tPLl9BnqVnkD5wLFCxoecTWm0HIkjNGFmEGyEgzuK\
        H3infM+DnTdk+upJNfITqrXN1pmD2/vdSTbbuqJbnkXspx/1sTVDWKZNWAjsF10x9tJTJG1M9QtLg1Bx6nGMF+Y09SPw2zJfxGNTjb3AaTnQfAAY\
        Q9A9dGkjeUQwRIrmnrv7Qmd99k2fy91aGcT2HJ8JT+ogUJfzWgE5J9YLPN8q7BGDIMhS3S+IJYKrHkVrQA94Cvduaw0d99Uo6+TIWUlxBO6sNYIP\
        uFNOu7pWGhLlX5szYu78S1InLHc2cmh0Cjo8GPtK//Z4M75q3N4bLSGLl654fverH/MxhC4ScwKBgQDC3SnzF/AG+PbvLi5sl8SOA8S/apiNLcG9\
        9BovGfo9x5oi3QZYYITHvdt9bjc2Pj9RFyFg2TYe+bR2l9L2TWB4XT+UMT4YOgJXBRQW0SPYShKfDzasurnDyPrRitW00BK/EA2+j9QP07corJuY\
        NvoaAvTq/fn46JUiNNJ+63tF3wKBgQDAP+KEbLYLMT8KXiu++F9UM/175fPXdhgn3zaMOBXosUzqUl76PBc/fY9vII1O9Zx0Ew9jN/c/sZ3zudLH\
        DoGa0MtYeYwaETyPogMSVumDKzhgFJx/X0nmnjN6uhTb3t0Ajd5LxIbncv2xR9SC6DuZzLJpI1GCzVkIg7nUPf9AVwKBgBS6J6sm4a4sLz/zvpZo\
        ckzU08m0kfN6aYBGBb762WZW4+tPbUxbP+RrKnymC5NmfZ+ngTJnCF21G9/9eEAgrOFAsfGWZ092ZCdTb/aZWmG4R1DJ8nvfBMFxkFRXmzG3bDcM\
        gxnA/MKON45JBefj+ShpJhoU19EFFE/mJHnBnIQrAoGAR3M216qjmdNKr6rCLW6X126fJf4Xuxs77Q2rcz+g/ONwR6InhG7y4PjkZxO9EPx9kjJH\
        RMPXE4gKwTtt1+dPSd+Rw6cg58tCK8u1wookrUhR4numkjwy9hAT5+fiurjAgGU5mgVHchutp8afd6uiAw4tvJ+QusFg9qYmWXhVNm8CgYEAndHl\
        KL6fA8xqaVplPftxw1UTLycSy0jXnSHpVup8C4s4oaEUo8pge4txPCDCS1WrqN7nv2s0GmTI1ot1QtMlv2t3yNpHycDm88MSNI8LG+qioulQaqrQ\
        iCtugWjgFFcB4+rmqQBcZ/kfxJRDM8kIVtT40khAwUyHy+p9QWpiBec=
        """

    /// Its public key.
    static let alipayPublic = """
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAklaAT7CZBToMbpyng69aBb16r7DSNy33M0q068/S06HbdBrP20zXJEIoRGQDf75/Eqrr\
        lPuqC9eKtSI1XxVNQYCoIQDxuQlXEwzMD+NVvFyO1elUd3H2uhXsrwuwpBQvDV/TJ+jA2QSOuIPoPb5kq9YeJ49FKpabfjdcF5TgqPBd6EARqO3r\
        CT2YbZGk4q7FfNsDORFNiSqhMhuOrc0C0SqDpoEtqgc2hNawrRrxf0KUt7uZBAa8wFwaYsYKFs2kYnMqJIAEJz3apy88eH2L8OB59img7OnFTs0G\
        kkl62fE9FBX0z7NbwmT/vfp+5/Vpq5Gc4TCnPROPzTcdlH1+yQIDAQAB
        """

    /// The key of somebody else.
    static let other = """
        MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQCPWdLae2oyOBjREiA9xYUmYQUgEDmflnKltHQXYFvCAYluy2QRoQsERJ4hqRV8\
        tr/Ajk5ClZe+GYocRy5J3mu8LXOLCAg/7rJZYbWgjucW7ZH6fgYno0HT0jdGVPxOyV1lRVfn2jcKO+tm+z4yGTYC3ETMe9EJ+XUG3Ogq8c2U/3lR\
        bPmV6VxrQLjhmWodRP+5ihdPEU2eTfTxaksh0gG2gv2ImAD3FrdHHWHqywt0/U2yjlU+BcC3qF9RYWFV/Yx2vCQLWaiZxsuf8znFLbK9veprsoUc\
        ZxjWLFV0tsWBgmg2OpCPjQTPvtn9lpPI6nWs+mEUgmOHmLF22T8OMR+vAgMBAAECggEABAx6axdPQYnaEZWceYIpp5LX7TboGbzLEikNmldrYAhh\
        FFMESYct43n4qWS4KaSTt+GNDk5hUcow32mXQhjZHCCAge3BJeUc/m9HDPjcSAZ/t/51OAthYZUvYHooAiWn0KNrvy2nnk9g77Cq6glSQDRucQQS\
        PGDiUEZO/F+F+e5ObuF3cNmfJPRY/YpNVs49mCi7iv2bx2XecDBu9mna3McVeM/CpIhBFSduLl9Q4f4p+/6IWTATfFozvWtoIrh6UewQGbS7m1/W\
        /+s9vuO6XLZ0TOmpWDqheFDJ5ZhGU3gpEbZt7FNlcTxxnF75yKn9x0TQa6eEU7KjTVPbzki1IQKBgQDIUXg0BjWizYBa0kxsFVgZcQzMPRDatGiR\
        NxN8Y7/QTYTUmBGO1EpNIjpfj/6G7ZHyZATMW0Vp4vO8ZCd7K271vi9+nmx10pI8hMTRUjTdrphyW7G4Mz1p8MD27A/hSfCefb9CZNh7o6thGxQw\
        zX4EA29YATfM8UaKDml4dmlw/wKBgQC3MpbRsDHb1fkUXATQg6CAKOk2FiFCOto1qizhb0NkFH8ppUGCABk59T1GbWaw4bmjwYjLuZ3O9RygxCE0\
        SkgvxIdjNcQ3mpwYwGu5D+GP/BX6J8vuz3EW6G0jSWxmZWtD3Du8bb0BIdt6/CcVuGCggt/byQftsFOs4C9yNTyhUQKBgQCv03Kil2C0yZQEI9qY\
        dBOkISqOinskvH2cGK+t2xAeEiypPeELcSLWmViLUKSkYhpcm5XqmaJP0rkFfxN4dSMr6AdgKEYjFPTu0cq/wFxOyFVe60UO3Urmlj+JfKJjqLbf\
        Jpid+k5aF8rxrQcH3xbhBvLQWCFWbeDwhL3m0miymQKBgQCsbhRg13uGVHb1/8qUTGAkYN1pCBlT0jsS6dMGeQgwSc6K7z2iU99qmvaKtGxErqFh\
        jcbpIhNz+Wdxtkkeg5BATbW03qWKRJ8J+Qsri9QeBwLUiuK7K0thaXFYFkLOekUlAUTEjXGpgCmqL23GVt20FpsHrsckpKONgxGFaLBhkQKBgQDH\
        0Lm2E0Kg/c2Rq9vmKkaS2WL8voHaLIadxnXexE2zQ6zyz+ONVWHiZY5PNgoHFJxVaanpmdq7/IsQF0dbq5qMsRg9f8oR80EeWyRYwbXJA9hfhCXw\
        isMDWradKK1n804VKRh1uhzyP69bUxrk4qLVC7NvqZS5AIekooeIBEdXEA==
        """

    /// A private key of 1024 bits.
    static let short = """
        MIICdQIBADANBgkqhkiG9w0BAQEFAASCAl8wggJbAgEAAoGBAMq3X838y6ecPngUmI3PcKbdAwv7YA8lNf6AWgHyRuQE4AVPEcgaXj8uBS2FXOm1\
        jQ/spvicTo5dEFVS9cvAou3g2tx5Kx9o+so4l6juwlk5cDgUSb7BHqCHNzDoWrvioMHMKHGpq1lD9ntmV/ujc60ko9Mc3N18smqSFool10nvAgMB\
        AAECgYBWt3jpQiHQcnsanRzhVQLIrrS19HOUJwPg+gEG4iBHPHqkar2djwIQHtyiK3GinEJatI58vUixh8gL5/AzmBVZ0CECfxy3g81c6ZwytP6K\
        fC6amSaGpoqAUmDDCksKtZ9L53kq3F6gdVHVlFUKb/wxYRKxenZsWSrwY/DBAeNr0QJBAOqef3AMMRuK+Ktc8+oZTDzdeybjeDqlBGbz6M8atgG1\
        oQ/S/R+KnSDzShJnEIB0quLj8O9L+JDOhGlGO3M9OOkCQQDdMJsEzLlRLopc+k8saEI+ZE5+cTUoG/yHHAfnckqh3aUiczh+0+w7iW9Y3cyjL8t3\
        O1OSIagecHRKm5w+waUXAkAD8B0beFjqqW57EdhWOY56Bw2mHXNLKLHmOHnT4BLl/HJznYr6GI2CnBLGNEymm06y+Dh3C8NkStMWIUOmL4ThAkBb\
        Z/m36w5uMQh20e4kENXHSNZzRD9OWvpprzjI+Z9D8v+KFAl1yAgotmvwUoB9s4OmuzqW+heqtJgqONJB0O5zAkAnhMaTMIKm5WqJHmRuR4jTvj2f\
        WUWmPDSnXBSjzxTz56wp6Lwyzpc68NbCai0Su6w4/UKkhtJp4LTZYgPC/ehD
        """

    /// A public key of 1024 bits.
    static let shortPublic = """
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDKt1/N/MunnD54FJiNz3Cm3QML+2APJTX+gFoB8kbkBOAFTxHIGl4/LgUthVzptY0P7Kb4nE6O\
        XRBVUvXLwKLt4NrceSsfaPrKOJeo7sJZOXA4FEm+wR6ghzcw6Fq74qDBzChxqatZQ/Z7Zlf7o3OtJKPTHNzdfLJqkhaKJddJ7wIDAQAB
        """

    /// A key in PEM form (RFC 7468), in lines of 64 characters.
    static func pem(_ label: String, _ key: String) -> String {
        var lines: [Substring] = []
        var rest = key[...]
        while !rest.isEmpty {
            lines.append(rest.prefix(64))
            rest = rest.dropFirst(64)
        }
        return "-----BEGIN \(label)-----\n\(lines.joined(separator: "\n"))\n-----END \(label)-----"
    }
}
