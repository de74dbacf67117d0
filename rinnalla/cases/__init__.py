"""The joint client's case (yhteisasiakkuus): its answer, responsible worker and own team."""
