use crate::error::Error;

/// Samples as they arrive, one per row; NaN is a missing value. Only `dense` and `sparse` build them, and check every
/// length and index.
#[derive(Clone, Copy, Debug)]
pub enum Matrix<'a> {
    /// rows × columns numbers, row after row.
    #[non_exhaustive]
    Dense { rows: usize, columns: usize, data: &'a [f32] },
    /// Row `i` holds `values[offsets[i]..offsets[i + 1]]` at the strictly ascending columns `indices[…]`; the rest of
    /// it is 0.
    #[non_exhaustive]
    Sparse { rows: usize, columns: usize, offsets: &'a [u32], indices: &'a [u32], values: &'a [f32] },
}

impl<'a> Matrix<'a> {
    /// A matrix around `data`, whose length must be rows × columns.
    pub fn dense(rows: usize, columns: usize, data: &'a [f32]) -> Result<Matrix<'a>, Error> {
        match rows.checked_mul(columns) {
            Some(length) if length == data.len() => Ok(Matrix::Dense { rows, columns, data }),
            _ => Err(Error::expected("data", format!("{rows} x {columns} numbers"), data.len())),
        }
    }

    /// A matrix in compressed sparse row form. Checks that offsets start at 0, ascend and end at the number of values,
    /// and that the columns of each row ascend strictly and are below `columns`.
    pub fn sparse(
        rows: usize,
        columns: usize,
        offsets: &'a [u32],
        indices: &'a [u32],
        values: &'a [f32],
    ) -> Result<Matrix<'a>, Error> {
        if rows.checked_add(1) != Some(offsets.len()) {
            return Err(Error::expected("offsets", format!("rows + 1 = {} numbers", rows as u128 + 1), offsets.len()));
        }
        if indices.len() != values.len() {
            return Err(Error::expected(
                "indices",
                format!("one for each of the {} values", values.len()),
                indices.len(),
            ));
        }
        if offsets[0] != 0 {
            return Err(Error::expected("offsets[0]", 0, offsets[0]));
        }
        if offsets[rows] as usize != values.len() {
            return Err(Error::expected(
                &format!("offsets[{rows}]"),
                format!("the number of values, {}", values.len()),
                offsets[rows],
            ));
        }
        for (i, pair) in offsets.windows(2).enumerate() {
            if pair[0] > pair[1] || pair[1] as usize > values.len() {
                return Err(Error::expected(
                    &format!("offsets[{}]", i + 1),
                    format!("a number from {} to {}", pair[0], values.len()),
                    pair[1],
                ));
            }
            let row = &indices[pair[0] as usize..pair[1] as usize];
            let ascending = row.windows(2).all(|pair| pair[0] < pair[1]);
            if !ascending || row.last().is_some_and(|&last| last as usize >= columns) {
                return Err(Error::expected(
                    &format!("indices of row {i}"),
                    format!("strictly ascending columns below {columns}"),
                    if ascending { "a column beyond" } else { "others" },
                ));
            }
        }
        Ok(Matrix::Sparse { rows, columns, offsets, indices, values })
    }

    pub fn rows(&self) -> usize {
        match *self {
            Matrix::Dense { rows, .. } | Matrix::Sparse { rows, .. } => rows,
        }
    }

    pub fn columns(&self) -> usize {
        match *self {
            Matrix::Dense { columns, .. } | Matrix::Sparse { columns, .. } => columns,
        }
    }
}

/// Samples with optional weights: one finite number of at least 0 per row.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    matrix: Matrix<'a>,
    weights: Option<&'a [f32]>,
}

impl<'a> Rows<'a> {
    /// Samples and weights. Checks the number of weights and their values.
    pub fn new(matrix: Matrix<'a>, weights: Option<&'a [f32]>) -> Result<Rows<'a>, Error> {
        if let Some(weights) = weights {
            if weights.len() != matrix.rows() {
                return Err(Error::expected(
                    "weights",
                    format!("one for each of the {} rows", matrix.rows()),
                    weights.len(),
                ));
            }
            if let Some(i) = weights.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0)) {
                return Err(Error::expected(&format!("weights[{i}]"), "a finite number of at least 0", weights[i]));
            }
        }
        Ok(Rows { matrix, weights })
    }

    pub fn matrix(&self) -> Matrix<'a> {
        self.matrix
    }

    pub fn weights(&self) -> Option<&'a [f32]> {
        self.weights
    }

    /// The weight of sample `i`, 1 by default.
    pub fn weight(&self, i: usize) -> f32 {
        self.weights.map_or(1.0, |weights| weights[i])
    }

    pub fn rows(&self) -> usize {
        self.matrix.rows()
    }

    pub fn columns(&self) -> usize {
        self.matrix.columns()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dense_matrix_needs_rows_times_columns_numbers() {
        assert!(Matrix::dense(2, 3, &[0.0; 6]).is_ok());
        assert!(matches!(Matrix::dense(2, 3, &[0.0; 5]), Err(Error::Shape(_))));
        assert!(matches!(Matrix::dense(usize::MAX, 3, &[0.0; 5]), Err(Error::Shape(_))));
    }

    #[test]
    fn a_sparse_matrix_refuses_whatever_could_be_read_out_of_bounds() {
        let sparse = |offsets: &[u32], indices: &[u32], values: &[f32]| {
            Matrix::sparse(2, 4, offsets, indices, values).map(|_| ())
        };
        assert!(sparse(&[0, 2, 3], &[0, 3, 1], &[1.0; 3]).is_ok());
        for (offsets, indices, values) in [
            (&[0u32, 2][..], &[0u32, 3, 1][..], &[1.0f32; 3][..]),
            (&[0, 2, 3], &[0, 3], &[1.0; 3]),
            (&[1, 2, 3], &[0, 3, 1], &[1.0; 3]),
            (&[0, 2, 2], &[0, 3, 1], &[1.0; 3]),
            (&[0, 4, 3], &[0, 3, 1], &[1.0; 3]),
            (&[0, 2, 3], &[0, 4, 1], &[1.0; 3]),
            (&[0, 2, 3], &[3, 0, 1], &[1.0; 3]),
            (&[0, 2, 3], &[1, 1, 1], &[1.0; 3]),
        ] {
            assert!(matches!(sparse(offsets, indices, values), Err(Error::Shape(_))), "{offsets:?} {indices:?}");
        }
    }

    #[test]
    fn weights_are_finite_and_not_negative_one_a_row() {
        let matrix = Matrix::dense(2, 1, &[1.0, 2.0]).unwrap();
        assert!(Rows::new(matrix, Some(&[0.0, 2.5])).is_ok());
        for weights in [&[1.0][..], &[1.0, -1.0], &[1.0, f32::NAN], &[1.0, f32::INFINITY]] {
            assert!(Rows::new(matrix, Some(weights)).is_err());
        }
    }
}
